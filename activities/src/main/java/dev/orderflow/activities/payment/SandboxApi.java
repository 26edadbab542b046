package dev.orderflow.activities.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;

/** The sandbox's API over HTTP. Connections are kept open. */
final class SandboxApi {
  /** How the provider recognizes a request. */
  enum Keys {
    /** By a key that it carries out at most once. */
    ENFORCED("", "Idempotency-Key"),
    /** Not at all: a request made twice is two; our key is only kept with what it made. */
    KEPT("/plain", "Sandbox-Metadata");

    private final String prefix;
    private final String header;

    Keys(String prefix, String header) {
      this.prefix = prefix;
      this.header = header;
    }
  }

  /** Behind which of our channels it stands, so that the callbacks come to that one's address. */
  private static final String CHANNEL = "Sandbox-Channel";

  private final HttpClient http;
  private final String channel;
  private final Keys keys;
  private final SandboxConfig config;

  SandboxApi(String channel, SandboxConfig config, Keys keys) {
    this.channel = channel;
    this.keys = keys;
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.limits().localTimeout().dividedBy(2))
            .build();
  }

  /** Asks for something to be done. */
  Answer request(String path, StepKey key, ObjectNode body, CallBudget budget) {
    HttpRequest.Builder request =
        to(keys.prefix + path)
            .header(keys.header, key.toString())
            .header(CHANNEL, channel)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (budget.remaining().isZero()) {
      return Answer.notExecuted(
          new Reason(
              PaymentChannel.NO_TIME_LEFT,
              "The attempt's time was spent before the request was sent."));
    }
    return exchange(request, budget, SandboxAnswers::toRequest, SandboxApi::lostRequest);
  }

  /** Asks what is known; whatever fails on the way is {@code UNKNOWN}. */
  Answer question(String path, CallBudget budget) {
    return exchange(to(path).GET(), budget, SandboxAnswers::toQuestion, SandboxApi::lostQuestion);
  }

  /** Asks what was made under the key; as {@link #question}. */
  Answer find(StepKey key, CallBudget budget) {
    String query =
        keys == Keys.ENFORCED
            ? "key="
            : "merchantReference=" + text(key.order().value()) + "&metadata=";
    return question(keys.prefix + "/v1/operations?" + query + text(key.toString()), budget);
  }

  /** Asks for a payment to be closed; as {@link #question}. */
  Answer close(StepKey key, CallBudget budget) {
    return exchange(
        to("/v1/operations?key=" + text(key.toString())).DELETE(),
        budget,
        SandboxAnswers::toQuestion,
        SandboxApi::lostQuestion);
  }

  /** Asks what was done to a payment. */
  Movements movements(String reference, CallBudget budget) {
    return exchange(
        done(reference),
        budget,
        response -> SandboxMovements.read(response, reference),
        failure -> new Movements.Unanswered(noAnswer(failure)));
  }

  /** What a human took of an authorization in the dashboard; empty where nobody did. */
  Optional<Answer> capturedByHand(ProviderTransaction authorization, CallBudget budget) {
    return exchange(
        done(authorization.reference()),
        budget,
        response -> SandboxMovements.captureByHand(response, authorization),
        failure -> Optional.of(Answer.unknown(noAnswer(failure))));
  }

  private HttpRequest.Builder done(String reference) {
    return to("/v1/objects/" + text(reference) + "/movements").GET();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(config.url() + path))
        .header("Authorization", "Bearer " + config.apiKey().reveal())
        .header("Accept", "application/json");
  }

  /** The whole answer is waited for, its body too, no longer than the budget lasts. */
  private <T> T exchange(
      HttpRequest.Builder request,
      CallBudget budget,
      Function<HttpResponse<String>, T> read,
      Function<Throwable, T> lost) {
    Duration left = budget.remaining();
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(request.timeout(left.plusMillis(1)).build(), BodyHandlers.ofString());
    try {
      return read.apply(exchange.get(left.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return lost.apply(e.getCause());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return lost.apply(e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return lost.apply(e);
    }
  }

  /** Only where no connection came about is it certain that the provider did not hear of it. */
  private static Answer lostRequest(Throwable failure) {
    return failure instanceof ConnectException
            || failure instanceof HttpConnectTimeoutException
            || failure instanceof SSLHandshakeException
        ? Answer.notExecuted(
            new Reason(PaymentChannel.UNREACHABLE, "The payment provider takes no connection."))
        : lostQuestion(failure);
  }

  private static Answer lostQuestion(Throwable failure) {
    return Answer.unknown(noAnswer(failure));
  }

  private static Reason noAnswer(Throwable failure) {
    return new Reason(
        "NO_ANSWER",
        "The payment provider gave no answer (" + failure.getClass().getSimpleName() + ").");
  }

  static String text(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
