package dev.orderflow.sandbox;

import dev.orderflow.sandbox.callback.Callbacks;
import dev.orderflow.sandbox.journal.Json;
import dev.orderflow.sandbox.notification.MailApi;
import dev.orderflow.sandbox.notification.MailSink;
import dev.orderflow.sandbox.notification.Mailbox;
import dev.orderflow.sandbox.payment.PaymentApi;
import dev.orderflow.sandbox.payment.PaymentProvider;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;

/** The outside world in miniature: a payment provider and a mail sink, listening on loopback. */
public final class Sandbox implements AutoCloseable {

  private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
  private static final UriCompliance ENCODED_SLASHES =
      UriCompliance.DEFAULT.with("encoded-slashes", Violation.AMBIGUOUS_PATH_SEPARATOR);
  private static final String HEALTH = "/health";

  private final ApiKey apiKey;
  private final Callbacks callbacks;
  private final PaymentProvider provider;
  private final Mailbox mailbox;
  private final MailSink sink;
  private final Javalin http;

  private Sandbox(SandboxConfiguration configuration, Clock clock) {
    apiKey = configuration.apiKey();
    callbacks =
        new Callbacks(
            configuration.callbacks(), configuration.data().resolve("callbacks.jsonl"), clock);
    provider =
        new PaymentProvider(
            configuration.data().resolve("provider.jsonl"),
            callbacks,
            clock,
            configuration.longestSilence());
    mailbox =
        new Mailbox(
            configuration.data().resolve("mail.jsonl"),
            configuration.data().resolve("mailbox"),
            clock);
    sink =
        new MailSink(
            LOOPBACK.getAddress(),
            configuration.smtpPort(),
            mailbox,
            configuration.longestSilence());
    http =
        Javalin.create(this::configure).start(LOOPBACK.getHostString(), configuration.httpPort());
    provider.servedAt(URI.create("http://" + LOOPBACK.getHostString() + ":" + http.port()));
  }

  /** Rebuilds what the data folder remembers, and listens when it returns. */
  public static Sandbox start(SandboxConfiguration configuration, Clock clock) {
    return new Sandbox(configuration, clock);
  }

  public int httpPort() {
    return http.port();
  }

  public int smtpPort() {
    return sink.port();
  }

  /** Stops listening; what hangs is cut off, what was answered is on the disk. */
  @Override
  public void close() {
    http.stop();
    provider.close();
    callbacks.close();
    sink.close();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    // A Message-ID in a path may contain an encoded slash.
    config.jetty.modifyHttpConfiguration(jetty -> jetty.setUriCompliance(ENCODED_SLASHES));
    config.jetty.modifyServletContextHandler(
        servlets -> servlets.getServletHandler().setDecodeAmbiguousURIs(true));
    config.routes.before(this::authenticate);
    config.routes.get(
        HEALTH, context -> context.contentType("application/json").result("{\"status\":\"up\"}"));
    config.routes.exception(
        HttpResponseException.class,
        (refusal, context) ->
            error(context, refusal.getStatus(), "not_possible", refusal.getMessage()));
    new PaymentApi(provider).addTo(config.routes);
    new MailApi(mailbox).addTo(config.routes);
  }

  private void authenticate(Context context) {
    boolean known =
        context.path().equals(HEALTH)
            || context.path().startsWith(PaymentProvider.PAGES)
            || Optional.ofNullable(context.header("Authorization"))
                .filter(apiKey::isPresentedBy)
                .isPresent();
    if (!known) {
      error(context, 401, "unauthorized", "The API key is not the one here.");
      context.skipRemainingHandlers();
    }
  }

  private static void error(Context context, int status, String code, String message) {
    context.status(status).contentType("application/json");
    context.result(Json.line(Map.of("code", code, "message", message)));
  }
}
