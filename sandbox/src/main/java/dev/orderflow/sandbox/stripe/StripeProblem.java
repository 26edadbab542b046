package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Json;

/** An error as Stripe answers it. */
final class StripeProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whether the answer belongs to the idempotency key: not before the endpoint began its work. */
  enum Kept {
    UNDER_THE_KEY,
    NOT
  }

  private final int status;
  private final transient ObjectNode error;
  private final Kept kept;

  private StripeProblem(int status, ObjectNode error, Kept kept) {
    super(error.toString(), null, false, false);
    this.status = status;
    this.error = error;
    this.kept = kept;
  }

  private static ObjectNode error(String type, String message) {
    return Json.MAPPER.createObjectNode().put("type", type).put("message", message);
  }

  static StripeProblem invalid(String param, String message) {
    ObjectNode error = error("invalid_request_error", message).put("param", param);
    return new StripeProblem(400, error, Kept.NOT);
  }

  static StripeProblem missing(String what, String id) {
    ObjectNode error =
        error("invalid_request_error", "No such " + what + ": '" + id + "'")
            .put("code", "resource_missing");
    return new StripeProblem(404, error, Kept.NOT);
  }

  static StripeProblem refused(String code, String message) {
    ObjectNode error = error("invalid_request_error", message).put("code", code);
    return new StripeProblem(400, error, Kept.UNDER_THE_KEY);
  }

  static StripeProblem ofState(ObjectNode payment, String wish) {
    ObjectNode error =
        error(
                "invalid_request_error",
                "This PaymentIntent's status is "
                    + payment.path("status").asText()
                    + "; it could not be "
                    + wish
                    + ".")
            .put("code", "payment_intent_unexpected_state");
    error.set("payment_intent", payment.deepCopy());
    return new StripeProblem(400, error, Kept.UNDER_THE_KEY);
  }

  static StripeProblem declined(ObjectNode reason, ObjectNode payment) {
    ObjectNode error = reason.deepCopy();
    error.set("payment_intent", payment.deepCopy());
    return new StripeProblem(402, error, Kept.UNDER_THE_KEY);
  }

  static StripeProblem otherRequest(String key) {
    return new StripeProblem(
        400,
        error(
            "idempotency_error",
            "Keys for idempotent requests can only be used with the same parameters they were"
                + " first used with. Key: "
                + key),
        Kept.NOT);
  }

  static StripeProblem inFlight() {
    ObjectNode error =
        error("idempotency_error", "Another request has this key.")
            .put("code", "idempotency_key_in_use");
    return new StripeProblem(409, error, Kept.NOT);
  }

  static StripeProblem locked() {
    ObjectNode error =
        error("invalid_request_error", "Another request is at work.").put("code", "lock_timeout");
    return new StripeProblem(429, error, Kept.NOT);
  }

  static StripeProblem tooMany() {
    ObjectNode error =
        error("invalid_request_error", "Too many requests.").put("code", "rate_limit");
    return new StripeProblem(429, error, Kept.NOT);
  }

  static StripeProblem broken() {
    return new StripeProblem(500, error("api_error", "Something failed."), Kept.UNDER_THE_KEY);
  }

  static StripeProblem unauthorized() {
    return new StripeProblem(401, error("invalid_request_error", "Invalid API Key"), Kept.NOT);
  }

  boolean isKept() {
    return kept == Kept.UNDER_THE_KEY;
  }

  StripeReply reply() {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.set("error", error);
    return new StripeReply(status, Json.line(body));
  }
}
