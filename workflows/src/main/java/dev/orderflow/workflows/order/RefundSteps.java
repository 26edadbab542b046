package dev.orderflow.workflows.order;

import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundDecision.Decided;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Ladder;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import dev.orderflow.workflows.saga.Steps.Call;
import io.temporal.workflow.Promise;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is done for a refund: decided by the ledger, asked of the provider, told to the customer.
 */
final class RefundSteps {

  private final Steps steps;
  private final OrderId orderId;
  private final BooleanSupplier interrupted;

  /**
   * @param interrupted tells that the order is to be cancelled: a refund that is in trouble is left
   *     to its undo
   */
  RefundSteps(Steps steps, OrderId orderId, BooleanSupplier interrupted) {
    this.steps = steps;
    this.orderId = orderId;
    this.interrupted = interrupted;
  }

  RefundDecision decide(RefundRequest request, Optional<StepKey> insteadOf) {
    RefundWish wish = new RefundWish(orderId, request, insteadOf);
    return steps.run(
        payment(Ladder.LEDGER, "decide the refund"), payment -> payment.decideRefund(wish));
  }

  /**
   * @throws Steps.Interrupted when it was given up, because the order is to be cancelled
   */
  Outcome giveBack(Decided refund) {
    return steps.run(
        payment(Ladder.REVERSAL, "refund " + refund.amount()),
        provider -> provider.giveBack(refund.key()),
        interrupted);
  }

  void giveUp(StepKey refund) {
    steps.run(
        payment(Ladder.LEDGER, "give the refund up"),
        payment -> {
          payment.giveUpRefund(refund);
          return Outcome.succeeded();
        });
  }

  Optional<PaymentBalance> balance() {
    return steps.run(payment(Ladder.LEDGER, "balance"), payment -> payment.balance(orderId));
  }

  /** As {@link #balance}, but gives up quickly; empty where there was no answer. */
  Optional<Optional<PaymentBalance>> quickBalance() {
    return steps
        .quickly(payment(Ladder.LEDGER, "balance"), payment -> payment.balance(orderId))
        .answer();
  }

  /** As {@link OrderSteps#verify}. */
  Outcome verify(Decided refund, String reference, BooleanSupplier overtaken) {
    var verification =
        new PaymentActivities.Verification(refund.key(), refund.forward(), reference);
    return steps.run(
        payment(Ladder.PAYMENT, "verify " + reference),
        provider -> provider.verify(verification),
        overtaken);
  }

  /** The key of the message about a refund. */
  StepKey notice(Decided refund) {
    return new StepKey(orderId, Step.REFUND_NOTICE, refund.key().n());
  }

  Promise<Outcome> tell(Decided refund) {
    var message = new NotificationActivities.Message(notice(refund), Event.PARTIALLY_REFUNDED);
    return steps.start(
        new Call<>(
            NotificationActivities.class, Ladder.MESSAGE, "mail " + Event.PARTIALLY_REFUNDED),
        notification -> notification.send(message));
  }

  private static Call<PaymentActivities> payment(Ladder ladder, String summary) {
    return new Call<>(PaymentActivities.class, ladder, summary);
  }
}
