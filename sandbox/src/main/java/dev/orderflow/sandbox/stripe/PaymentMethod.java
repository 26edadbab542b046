package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Json;
import java.util.Arrays;
import java.util.Optional;

/** The tokens there are: Stripe's own for tests, and some that stand for other means of payment. */
enum PaymentMethod {
  VISA("pm_card_visa", Behaviour.PAYS),
  CONFIRMED("ctoken_visa", Behaviour.PAYS),
  DECLINED("pm_card_visa_chargeDeclined", "generic_decline"),
  POOR("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"),
  LOST("pm_card_visa_chargeDeclinedLostCard", "lost_card"),
  AUTHENTICATED("pm_card_authenticationRequired", Behaviour.ASKS_FOR_A_PAGE),
  WECHAT("pm_wechat", Behaviour.ASKS_FOR_A_CODE),
  VOUCHER("pm_voucher", Behaviour.ASKS_FOR_SOMETHING_ELSE),
  DEBIT("pm_debit", Behaviour.TAKES_DAYS);

  /** What comes of the confirmation. */
  enum Behaviour {
    PAYS,
    DECLINES,
    ASKS_FOR_A_PAGE,
    ASKS_FOR_A_CODE,
    ASKS_FOR_SOMETHING_ELSE,
    TAKES_DAYS
  }

  private final String token;
  private final Behaviour behaviour;
  private final String declineCode;

  PaymentMethod(String token, Behaviour behaviour) {
    this.token = token;
    this.behaviour = behaviour;
    this.declineCode = "authentication_required";
  }

  PaymentMethod(String token, String declineCode) {
    this.token = token;
    this.behaviour = Behaviour.DECLINES;
    this.declineCode = declineCode;
  }

  static PaymentMethod of(String token) {
    Optional<PaymentMethod> known =
        Arrays.stream(values()).filter(method -> method.token.equals(token)).findFirst();
    return known.orElseThrow(() -> StripeProblem.missing("PaymentMethod", token));
  }

  Behaviour behaviour() {
    return behaviour;
  }

  ObjectNode decline() {
    ObjectNode error =
        Json.MAPPER
            .createObjectNode()
            .put("type", "card_error")
            .put("message", "Your card was declined.");
    return behaviour == Behaviour.DECLINES
        ? error.put("code", "card_declined").put("decline_code", declineCode)
        : error.put("code", declineCode).put("decline_code", declineCode);
  }
}
