package dev.orderflow.activities.payment.stripe;

import com.stripe.model.StripeError;
import dev.orderflow.workflows.saga.Reason;
import java.util.Map;
import java.util.Optional;

/** Why a payment was declined, in the words that all channels use, with Stripe's own beside. */
final class StripeDeclines {
  /** Stripe's decline codes and error codes; one that is not here is used as it is. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("generic_decline", "card_declined"),
          Map.entry("call_issuer", "card_declined"),
          Map.entry("no_action_taken", "card_declined"),
          Map.entry("transaction_not_allowed", "card_declined"),
          Map.entry("invalid_cvc", "incorrect_cvc"),
          Map.entry("invalid_number", "incorrect_number"),
          Map.entry("invalid_expiry_month", "expired_card"),
          Map.entry("invalid_expiry_year", "expired_card"),
          Map.entry("card_velocity_exceeded", "limit_exceeded"),
          Map.entry("withdrawal_count_limit_exceeded", "limit_exceeded"),
          Map.entry("fraudulent", "suspected_fraud"),
          Map.entry("merchant_blacklist", "suspected_fraud"),
          Map.entry("highest_risk_level", "suspected_fraud"),
          Map.entry("issuer_not_available", "try_again_later"),
          Map.entry("processing_error", "try_again_later"),
          Map.entry("reenter_transaction", "try_again_later"),
          Map.entry("approve_with_id", "try_again_later"),
          Map.entry("authentication_not_handled", "authentication_required"),
          Map.entry("payment_intent_authentication_failure", "authentication_failed"),
          Map.entry("payment_intent_payment_attempt_expired", "customer_too_late"),
          Map.entry("payment_method_customer_decline", "customer_declined"));

  private StripeDeclines() {}

  /** Why the last attempt failed; the decline code says more than the error code. */
  static Reason reason(StripeError error) {
    Optional<String> declineCode = Optional.ofNullable(error.getDeclineCode());
    String code =
        declineCode.or(() -> Optional.ofNullable(error.getCode())).orElse("card_declined");
    return new Reason(
        WORDS.getOrDefault(code, code),
        "Stripe declined: "
            + Optional.ofNullable(error.getCode()).orElse("no code")
            + declineCode.map(decline -> ", decline code " + decline).orElse("")
            + ".");
  }
}
