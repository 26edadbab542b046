package dev.orderflow.activities.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Reason;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What the sandbox's statuses and bodies mean. What cannot be read is {@code UNKNOWN}. */
final class SandboxAnswers {
  static final Reason MALFORMED =
      new Reason("MALFORMED_ANSWER", "The payment provider's answer cannot be understood.");

  private SandboxAnswers() {}

  static Answer toRequest(HttpResponse<String> response) {
    JsonNode body = read(response.body());
    int status = response.statusCode();
    if (status == 200 || status == 202 || status == 402) {
      return reported(body);
    }
    if (status >= 500) {
      return body.path("executed").isBoolean() && !body.path("executed").booleanValue()
          ? Answer.notExecuted(problem(status, body))
          : Answer.unknown(problem(status, body));
    }
    return switch (status) {
      // What the provider can't make sense of now, it never will.
      case 400 -> Answer.declined(problem(status, body));
      case 409 -> Answer.pending(problem(status, body));
      case 422 ->
          Answer.unknown(
              new Reason(
                  PaymentChannel.KEY_REUSED,
                  "The payment provider knows this key from another request."));
      default ->
          status >= 400
              ? Answer.notExecuted(problem(status, body))
              : Answer.unknown(problem(status, body));
    };
  }

  static Answer toQuestion(HttpResponse<String> response) {
    JsonNode body = read(response.body());
    int status = response.statusCode();
    if (status == 200 || status == 202 || status == 402) {
      return reported(body);
    }
    if (status == 409) {
      return Answer.pending(problem(status, body));
    }
    // A wrong address also answers 404; only the provider itself says it in these words.
    return status == 404 && body.path("code").asText().equals("not_found")
        ? Answer.notExecuted(problem(status, body))
        : Answer.unknown(problem(status, body));
  }

  static Answer reported(JsonNode body) {
    String status = body.path("status").asText();
    if (status.equals("declined")) {
      JsonNode reason = body.path("reason");
      return Answer.declined(
          new Reason(
              normalized(reason.path("code").asText("declined")),
              reason.path("message").asText("The payment provider declined.")));
    }
    try {
      return switch (status) {
        case "succeeded" -> Answer.succeeded(transaction(body));
        case "pending" -> Answer.awaitsCustomer(transaction(body), redirect(body));
        default -> malformed();
      };
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return malformed();
    }
  }

  private static String normalized(String code) {
    return code.equals("authorization_expired") ? PaymentChannel.AUTHORIZATION_EXPIRED : code;
  }

  private static ProviderTransaction transaction(JsonNode body) {
    return new ProviderTransaction(
        ProviderTransaction.Kind.valueOf(text(body, "object").toUpperCase(Locale.ROOT)),
        text(body, "id"),
        amount(body),
        text(body, "merchantReference"),
        Optional.ofNullable(body.path("parent").textValue()));
  }

  private static NextAction redirect(JsonNode body) {
    JsonNode action = body.path("nextAction");
    return new NextAction.Redirect(
        URI.create(text(action, "url")), Instant.parse(text(action, "expiresAt")));
  }

  static Money amount(JsonNode body) {
    JsonNode amount = body.path("amount");
    if (!amount.isIntegralNumber() || !amount.canConvertToLong()) {
      throw new IllegalArgumentException("amount");
    }
    return Money.ofMinor(CurrencyUnit.of(text(body, "currency")), amount.longValue());
  }

  static String text(JsonNode body, String field) {
    String text = body.path(field).textValue();
    if (text == null || text.isBlank() || text.length() > 200) {
      throw new IllegalArgumentException(field);
    }
    return text;
  }

  static JsonNode read(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Answer malformed() {
    return Answer.unknown(MALFORMED);
  }

  static Reason problem(int status, JsonNode body) {
    return switch (status) {
      case 401, 403 ->
          new Reason(
              "UNAUTHORIZED",
              "The payment provider refuses our credentials; check payment.sandbox.api-key.");
      case 409 -> new Reason(Reason.IN_FLIGHT, "The payment provider is still at it.");
      default ->
          new Reason(
              body.path("code").asText("HTTP_" + status),
              body.path("message")
                  .asText("The payment provider answers with HTTP status " + status + "."));
    };
  }
}
