package dev.orderflow.worker.metrics;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import java.util.Locale;
import java.util.Set;

/**
 * The reason of an outcome, as a word that a metric may be told apart by: of a fixed number, since
 * a provider's own are without number and may say more than they should.
 */
public final class ErrorClass {

  /** Ours, and those of a decline that all channels use. */
  private static final Set<String> KNOWN =
      Set.of(
          "channel_open",
          "channel_busy",
          "channel_drained",
          "channel_off",
          "unreachable",
          "no_answer",
          "no_time_left",
          "key_reused",
          "unauthorized",
          "in_flight",
          "rate_limited",
          "processing",
          "malformed_answer",
          "transaction_differs",
          "not_found",
          "server_error",
          "expired",
          "authorization_expired",
          "already_captured",
          "amount_differs",
          "awaiting_customer",
          "card_declined",
          "insufficient_funds",
          "expired_card",
          "incorrect_cvc",
          "incorrect_number",
          "limit_exceeded",
          "suspected_fraud",
          "try_again_later",
          "authentication_required",
          "authentication_failed",
          "customer_too_late",
          "customer_declined",
          "lost_card",
          "stolen_card");

  private ErrorClass() {}

  /** {@code none} of a success; {@code declined} or {@code other} where the reason is not known. */
  public static String of(Outcome outcome) {
    State state = outcome.state();
    if (state == State.SUCCEEDED) {
      return "none";
    }
    return outcome
        .reason()
        .map(Reason::code)
        .map(code -> code.toLowerCase(Locale.ROOT))
        .filter(KNOWN::contains)
        .orElse(state == State.DECLINED ? "declined" : "other");
  }
}
