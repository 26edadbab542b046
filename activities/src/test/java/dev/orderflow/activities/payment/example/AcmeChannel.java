package dev.orderflow.activities.payment.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Acme takes money at once, gives it back in parts, and keeps each key for a day. */
final class AcmeChannel implements PaymentChannel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final String name;
  private final AcmeProvider.Config config;

  AcmeChannel(String name, AcmeProvider.Config config) {
    this.name = name;
    this.config = config;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Abilities abilities() {
    return new Abilities(
        Optional.of(Duration.ofHours(23)), // Acme keeps keys for 24 h; be on the safe side
        Duration.ofMinutes(1), // Acme gives a request up after 30 s
        Duration.ofSeconds(5), // Acme's search lags by 2 s
        Abilities.Steps.CHARGE_ONLY,
        Abilities.Fence.NONE,
        Abilities.Customer.ABSENT);
  }

  @Override
  public CallLimits limits() {
    return new CallLimits(Duration.ofSeconds(2), config.timeout(), 16);
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return post(
        "/payments",
        key,
        Map.of(
            "order", purchase.merchantReference(),
            "token", purchase.token(),
            "amount", purchase.amount().getAmountMinorLong(),
            "currency", purchase.amount().getCurrencyUnit().getCode()),
        budget);
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return post(
        "/payments/" + encoded(payment.reference()) + "/refunds",
        key,
        Map.of("amount", amount.getAmountMinorLong()),
        budget);
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return send(to("/transactions?key=" + encoded(key.toString())).GET(), true, budget);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return send(to("/transactions/" + encoded(reference)).GET(), true, budget);
  }

  // Steps.CHARGE_ONLY: these are never asked for.

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    throw new UnsupportedOperationException("Acme only charges");
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    throw new UnsupportedOperationException("Acme only charges");
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    throw new UnsupportedOperationException("Acme only charges");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(config.url() + path))
        .header("Authorization", "Bearer " + config.apiKey().reveal());
  }

  private Answer post(String path, StepKey key, Map<String, ?> body, CallBudget budget) {
    if (budget.remaining().isZero()) {
      return Answer.notExecuted(new Reason(NO_TIME_LEFT, "No time was left to send it."));
    }
    HttpRequest.Builder request =
        to(path)
            .header("Idempotency-Key", key.toString())
            .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString()));
    return send(request, false, budget);
  }

  /** Waits for the whole answer, no longer than the budget lasts; never throws. */
  private Answer send(HttpRequest.Builder request, boolean question, CallBudget budget) {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return read(answer.get(budget.remaining().toNanos(), TimeUnit.NANOSECONDS), question);
    } catch (ExecutionException e) {
      // Only where no connection came about is it certain that Acme did not hear of it.
      return e.getCause() instanceof ConnectException && !question
          ? Answer.notExecuted(new Reason(UNREACHABLE, "Acme takes no connection."))
          : Answer.unknown(new Reason("NO_ANSWER", "Acme gave no answer."));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Answer.unknown(new Reason("NO_ANSWER", "Acme gave no answer in time."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.unknown(new Reason("NO_ANSWER", "The call was interrupted."));
    }
  }

  /** What is not understood is unknown, never a failure. */
  private static Answer read(HttpResponse<String> response, boolean question) {
    try {
      JsonNode body = JSON.readTree(response.body());
      return switch (response.statusCode()) {
        case 200 -> Answer.succeeded(transaction(body));
        case 402 -> Answer.declined(reason(body));
        case 404 -> question ? Answer.notExecuted(reason(body)) : Answer.unknown(reason(body));
        case 422 -> Answer.unknown(new Reason(KEY_REUSED, "Acme knows the key otherwise."));
        default -> Answer.unknown(reason(body));
      };
    } catch (JsonProcessingException | RuntimeException e) {
      return Answer.unknown(new Reason("MALFORMED_ANSWER", "Acme's answer is not understood."));
    }
  }

  private static ProviderTransaction transaction(JsonNode body) {
    return new ProviderTransaction(
        body.has("payment") ? Kind.REFUND : Kind.CHARGE,
        body.required("id").textValue(),
        Money.ofMinor(
            CurrencyUnit.of(body.required("currency").textValue()),
            body.required("amount").longValue()),
        body.required("order").textValue(),
        Optional.ofNullable(body.path("payment").textValue()));
  }

  private static Reason reason(JsonNode body) {
    return new Reason(body.path("code").asText("error"), body.path("message").asText("No reason."));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
