package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Refunds of Charges that were captured. */
final class StripeRefunds {
  static final String REFUND = "refund";

  private final StripeObjects objects;
  private final StripeDisputes disputes;
  private final StripeWebhooks webhooks;

  StripeRefunds(StripeObjects objects, StripeDisputes disputes, StripeWebhooks webhooks) {
    this.objects = objects;
    this.disputes = disputes;
    this.webhooks = webhooks;
  }

  /**
   * @param status how it begins: {@code succeeded}, or {@code pending}
   */
  ObjectNode create(StripeForm form, String status) {
    String chargeId =
        form.find("charge")
            .orElseGet(
                () ->
                    objects
                        .get(form.text("payment_intent"), StripePayments.PAYMENT)
                        .path("latest_charge")
                        .asText());
    ObjectNode charge = objects.get(chargeId, StripePayments.CHARGE);
    long left = charge.path("amount_captured").asLong() - charge.path("amount_refunded").asLong();
    if (left == 0) {
      throw StripeProblem.refused("charge_already_refunded", "Charge has already been refunded.");
    } else if (disputes.isDisputed(chargeId)) {
      throw StripeProblem.refused("charge_disputed", "The charge is disputed.");
    }
    long amount = form.find("amount").isPresent() ? form.amount("amount") : left;
    if (amount > left) {
      throw StripeProblem.refused(
          "amount_too_large", "Refund amount is greater than what is left.");
    }
    objects.keep(charge.put("amount_refunded", charge.path("amount_refunded").asLong() + amount));
    ObjectNode refund =
        objects
            .fresh("re_", REFUND)
            .put("amount", amount)
            .put("currency", charge.path("currency").asText())
            .put("charge", chargeId)
            .put("payment_intent", charge.path("payment_intent").asText())
            .put("status", status);
    ObjectNode metadata = refund.putObject("metadata");
    form.metadata().forEach(metadata::put);
    told(refund, "created");
    return refund;
  }

  /** The bank has taken it, or has not. */
  void settle(String id, String status) {
    ObjectNode refund = objects.get(id, REFUND).put("status", status);
    if (status.equals("failed")) {
      ObjectNode charge = objects.get(refund.path("charge").asText(), StripePayments.CHARGE);
      long refunded = charge.path("amount_refunded").asLong() - refund.path("amount").asLong();
      objects.keep(charge.put("amount_refunded", refunded));
      refund.put("failure_reason", "declined");
    }
    told(refund, status.equals("failed") ? "failed" : "updated");
  }

  List<ObjectNode> of(StripeForm payment) {
    return payment.ofPayment(objects.all(REFUND));
  }

  private void told(ObjectNode refund, String event) {
    objects.keep(refund);
    webhooks.tell(REFUND + "." + event, refund);
  }
}
