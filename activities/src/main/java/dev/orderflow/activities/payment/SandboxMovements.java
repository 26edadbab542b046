package dev.orderflow.activities.payment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the sandbox says was done to a payment. */
final class SandboxMovements {
  private final String payment;
  private final List<Movement> movements = new ArrayList<>();
  private final List<Dispute> disputes = new ArrayList<>();

  private SandboxMovements(String payment) {
    this.payment = payment;
  }

  /**
   * @param payment what was asked about
   */
  static Movements read(HttpResponse<String> response, String payment) {
    JsonNode body = SandboxAnswers.read(response.body());
    if (response.statusCode() != 200) {
      return new Movements.Unanswered(SandboxAnswers.problem(response.statusCode(), body));
    }
    try {
      SandboxMovements read = new SandboxMovements(payment);
      if (!body.path("objects").isArray()) {
        throw new IllegalArgumentException("objects");
      }
      body.path("objects").forEach(read::add);
      return new Movements.Reported(read.movements, read.disputes);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return new Movements.Unanswered(SandboxAnswers.MALFORMED);
    }
  }

  /** A capture under none of our keys; what can't be read is {@code UNKNOWN}. */
  static Optional<Answer> captureByHand(
      HttpResponse<String> response, ProviderTransaction authorization) {
    JsonNode body = SandboxAnswers.read(response.body());
    if (response.statusCode() != 200) {
      return Optional.of(Answer.unknown(SandboxAnswers.problem(response.statusCode(), body)));
    }
    String ours = authorization.merchantReference() + "/";
    for (JsonNode object : body.path("objects")) {
      boolean byHand =
          !object.path("idempotencyKey").asText().startsWith(ours)
              && !object.path("metadata").asText().startsWith(ours);
      if (object.path("object").asText().equals("capture") && byHand) {
        return Optional.of(SandboxAnswers.reported(object));
      }
    }
    return Optional.empty();
  }

  private void add(JsonNode object) {
    switch (SandboxAnswers.text(object, "object")) {
      case "refund" -> movements.add(movement(Movement.Kind.REFUND, object, payment));
      case "refund_failure" ->
          movements.add(
              movement(Movement.Kind.REFUND_FAILED, object, SandboxAnswers.text(object, "parent")));
      case "chargeback" -> movements.add(movement(Movement.Kind.CHARGEBACK, object, payment));
      case "chargeback_reversal" ->
          movements.add(movement(Movement.Kind.CHARGEBACK_REVERSED, object, payment));
      case "dispute" -> disputes.add(dispute(object));
      default -> {
        // Captures and voids are answers to requests of their own.
      }
    }
  }

  private static Movement movement(Movement.Kind kind, JsonNode object, String of) {
    return new Movement(
        kind, SandboxAnswers.text(object, "id"), SandboxAnswers.amount(object), of, reason(object));
  }

  private static Dispute dispute(JsonNode object) {
    return new Dispute(
        SandboxAnswers.text(object, "id"),
        SandboxAnswers.amount(object),
        DisputeState.valueOf(SandboxAnswers.text(object, "status").toUpperCase(Locale.ROOT)),
        reason(object),
        instant(object, "evidenceDueBy"),
        instant(object, "createdAt"));
  }

  private static Optional<Instant> instant(JsonNode object, String field) {
    return Optional.ofNullable(object.path(field).textValue()).map(Instant::parse);
  }

  private static Optional<Reason> reason(JsonNode object) {
    JsonNode reason = object.path("reason");
    return reason.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Reason(
                SandboxAnswers.text(reason, "code"), SandboxAnswers.text(reason, "message")));
  }
}
