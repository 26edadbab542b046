package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.journal.Json;
import dev.orderflow.sandbox.payment.Ledger.Mandate;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import dev.orderflow.sandbox.payment.Reply.Answer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider over HTTP; {@code docs/sandbox.md} is its contract. */
public final class PaymentApi {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentApi.class);

  /** Callers that have no keys find their own by this; the same again is another request. */
  private static final String METADATA_HEADER = "Sandbox-Metadata";

  /** By which of its channels the merchant pays: where it is told of what happens later. */
  private static final String CHANNEL_HEADER = "Sandbox-Channel";

  private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final String WITHOUT_KEYS = "/plain";
  private static final String KEY_HEADER = "Idempotency-Key";
  private static final String REPLAYED_HEADER = "Idempotent-Replayed";
  private static final int LONGEST_KEY = 255;

  private final PaymentProvider provider;

  public PaymentApi(PaymentProvider provider) {
    this.provider = provider;
  }

  /** Adds its routes; who may call them is decided before. */
  public void addTo(RoutesConfig routes) {
    for (String prefix : List.of("", WITHOUT_KEYS)) {
      routes.post(prefix + "/v1/authorizations", api(body -> Body.pay(Operation.AUTHORIZE, body)));
      routes.post(prefix + "/v1/charges", api(body -> Body.pay(Operation.CHARGE, body)));
      routes.post(prefix + "/v1/authorizations/{id}/capture", onObject(Body::capture));
      routes.post(prefix + "/v1/authorizations/{id}/void", onObject(Body::voiding));
      routes.post(prefix + "/v1/charges/{id}/refunds", onObject(Body::refund));
    }
    routes.get(WITHOUT_KEYS + "/v1/operations", this::operationWithoutKey);
    routes.post("/dashboard/refunds", byHand(Body::dashboardRefund));
    routes.post("/dashboard/captures", byHand(Body::dashboardCapture));
    routes.post("/dashboard/disputes", byHand(Body::dispute));
    routes.post("/dashboard/refund-failures", byHand(Body::refundFailure));
    routes.post("/dashboard/disputes/{id}/won", decide(Status.WON));
    routes.post("/dashboard/disputes/{id}/lost", decide(Status.LOST));
    routes.post("/dashboard/payments", this::bookByHand);
    routes.delete("/v1/operations", this::close);
    provider.page().addTo(routes, provider);
    routes.get("/v1/operations", this::operation);
    routes.get("/v1/objects/{id}", this::object);
    routes.get("/v1/objects/{id}/movements", this::movements);
    routes.get("/v1/log", this::log);
    routes.get("/v1/settlements/{report}", this::settlements);
  }

  private interface ObjectBody {
    Instruction read(String id, byte[] body);
  }

  private Handler api(Function<byte[], Instruction> body) {
    return context -> {
      byte[] bytes = context.bodyAsBytes();
      answer(context, Origin.API, PaymentApi::keyOfAProgram, () -> body.apply(bytes));
    };
  }

  private Handler onObject(ObjectBody body) {
    return context -> {
      byte[] bytes = context.bodyAsBytes();
      String id = context.pathParam("id");
      answer(context, Origin.API, PaymentApi::keyOfAProgram, () -> body.read(id, bytes));
    };
  }

  private Handler byHand(Function<byte[], Instruction> body) {
    return context -> {
      byte[] bytes = context.bodyAsBytes();
      answer(context, Origin.DASHBOARD, PaymentApi::keyOfAHuman, () -> body.apply(bytes));
    };
  }

  private Handler decide(Status verdict) {
    return context -> show(context, () -> provider.decide(context.pathParam("id"), verdict));
  }

  private void answer(
      Context context,
      Origin origin,
      Function<Context, String> keyOf,
      Supplier<Instruction> instruction) {
    try {
      Mandate mandate =
          new Mandate(
              keyOf.apply(context),
              fingerprint(context),
              origin,
              Optional.ofNullable(context.header(METADATA_HEADER)),
              channel(context));
      Instruction read = instruction.get();
      context.future(
          () ->
              provider
                  .answer(read, mandate)
                  .exceptionally(PaymentApi::broken)
                  .thenAccept(reply -> deliver(context, reply)));
    } catch (RequestRefused e) {
      deliver(context, e.reply());
    }
  }

  /** It becomes a part of the callbacks' address. */
  private static Optional<String> channel(Context context) {
    Optional<String> channel = Optional.ofNullable(context.header(CHANNEL_HEADER));
    if (channel.filter(name -> !CHANNEL.matcher(name).matches()).isPresent()) {
      throw RequestRefused.badRequest(
          "bad_channel",
          "The header " + CHANNEL_HEADER + " is not 1 to 32 of a-z, 0-9, '-' and '_'.");
    }
    return channel;
  }

  private void operation(Context context) {
    show(context, () -> provider.recorded(asked(context, "key")));
  }

  private void operationWithoutKey(Context context) {
    show(
        context,
        () -> provider.recorded(asked(context, "merchantReference"), asked(context, "metadata")));
  }

  private void close(Context context) {
    show(context, () -> provider.close(asked(context, "key")));
  }

  private void bookByHand(Context context) {
    show(context, () -> provider.bookByHand(Body.receipt(context.bodyAsBytes())));
  }

  private void object(Context context) {
    show(context, () -> known(context));
  }

  private void movements(Context context) {
    try {
      json(context, 200, provider.page().json(provider.done(known(context).id())));
    } catch (RequestRefused e) {
      deliver(context, e.reply());
    }
  }

  private PaymentObject known(Context context) {
    return provider
        .object(context.pathParam("id"))
        .orElseThrow(() -> RequestRefused.notFound("There is no such object."));
  }

  private void show(Context context, Supplier<PaymentObject> object) {
    try {
      json(context, 200, provider.page().json(object.get()));
    } catch (RequestRefused e) {
      deliver(context, e.reply());
    }
  }

  private static String asked(Context context, String name) {
    String value = context.queryParam(name);
    if (value == null || value.isEmpty()) {
      throw RequestRefused.badRequest("missing_" + name, "Ask with ?" + name + "=.");
    }
    return value;
  }

  private void log(Context context) {
    String lines =
        provider.effects(Optional.ofNullable(context.queryParam("merchantReference"))).stream()
            .map(effect -> Json.line(effect.logLine()) + "\n")
            .collect(Collectors.joining());
    context.contentType("application/x-ndjson").result(lines.getBytes(StandardCharsets.UTF_8));
  }

  private void settlements(Context context) {
    try {
      LocalDate date = LocalDate.parse(context.pathParam("report").replaceFirst("\\.csv$", ""));
      byte[] csv = provider.settlements(date).getBytes(StandardCharsets.UTF_8);
      context.contentType("text/csv").result(csv);
    } catch (DateTimeParseException e) {
      deliver(context, RequestRefused.notFound("Ask for YYYY-MM-DD.csv.").reply());
    } catch (RequestRefused e) {
      deliver(context, e.reply());
    }
  }

  private static void deliver(Context context, Reply reply) {
    if (reply instanceof Answer answer) {
      if (answer.telling() == Reply.Telling.REPLAYED) {
        context.header(REPLAYED_HEADER, "true");
      }
      json(context, answer.status(), answer.body());
    } else {
      ServletContextRequest.getServletContextRequest(context.req())
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
    }
  }

  private static void json(Context context, int status, String body) {
    // As bytes: a string would be sent in the charset that the content type does not name.
    context
        .status(status)
        .contentType("application/json")
        .result(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Reply broken(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof RequestRefused refused) {
      return refused.reply();
    }
    LOG.error("A payment request failed", cause);
    return Reply.unclear();
  }

  private static String keyOfAProgram(Context context) {
    return context.path().startsWith(WITHOUT_KEYS)
        ? "plain/" + UUID.randomUUID()
        : requiredKey(context);
  }

  private static String requiredKey(Context context) {
    String key = context.header(KEY_HEADER);
    if (key == null || key.isBlank()) {
      throw RequestRefused.badRequest("missing_key", "The header Idempotency-Key is missing.");
    }
    if (key.length() > LONGEST_KEY) {
      throw RequestRefused.badRequest(
          "key_too_long",
          "The Idempotency-Key has "
              + key.length()
              + " characters, more than "
              + LONGEST_KEY
              + ".");
    }
    return key;
  }

  /** A human clicks once and has no key; one that is sent is honoured. */
  private static String keyOfAHuman(Context context) {
    return context.header(KEY_HEADER) == null
        ? "dashboard/" + UUID.randomUUID()
        : requiredKey(context);
  }

  private static String fingerprint(Context context) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (context.method() + " " + context.path() + "\n").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(context.bodyAsBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
