package dev.orderflow.activities.payment.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;

/** What Stripe's refunds, {@code re_…}, say. */
final class StripeRefundReports {
  private StripeRefundReports() {}

  /**
   * A refund.
   *
   * @param parent what it gives back of
   */
  static Answer refund(Refund refund, String parent, String order) {
    return StripeReports.readable(
        () ->
            switch (refund.getStatus()) {
              case "succeeded" ->
                  Answer.succeeded(
                      new ProviderTransaction(
                          Kind.REFUND,
                          refund.getId(),
                          StripeReports.money(refund.getAmount(), refund.getCurrency()),
                          order,
                          Optional.of(parent)));
              case "pending", "requires_action" ->
                  Answer.pending(
                      new Reason(
                          "REFUND_PENDING", "Stripe has not sent " + refund.getId() + " yet."));
              case "failed", "canceled" ->
                  Answer.declined(
                      new Reason(
                          "refund_" + refund.getStatus(),
                          "Stripe's "
                              + refund.getId()
                              + " is "
                              + refund.getStatus()
                              + Optional.ofNullable(refund.getFailureReason())
                                  .map(why -> ": " + why)
                                  .orElse("")
                              + "."));
              default -> StripeFailures.malformed();
            });
  }

  /** A refund that came with the PaymentIntent it belongs to. */
  static Answer refund(Refund refund) {
    PaymentIntent payment = refund.getPaymentIntentObject();
    if (payment == null) {
      return refund(refund, refund.getCharge(), StripeReports.order(refund.getMetadata()));
    }
    String order =
        refund
            .getMetadata()
            .getOrDefault(StripeReports.ORDER, StripeReports.order(payment.getMetadata()));
    return refund(
        refund,
        StripeReports.isAuthorization(payment) ? refund.getCharge() : payment.getId(),
        order);
  }
}
