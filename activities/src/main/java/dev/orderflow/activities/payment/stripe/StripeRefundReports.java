package dev.orderflow.activities.payment.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
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
                  named(
                      State.PENDING,
                      refund,
                      new Reason(
                          "REFUND_PENDING", "Stripe has not sent " + refund.getId() + " yet."));
              case "failed", "canceled" ->
                  named(
                      State.DECLINED,
                      refund,
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

  /** Also what was not sent is known by its name, so that it is not taken for another's. */
  private static Answer named(State state, Refund refund, Reason reason) {
    return new Answer(
        new Outcome(state, Optional.of(refund.getId()), Optional.of(reason)),
        Optional.empty(),
        Optional.empty());
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
