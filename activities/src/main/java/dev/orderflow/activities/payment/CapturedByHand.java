package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What somebody has captured of an authorization at the provider: money that came unasked. */
@Singleton
final class CapturedByHand {
  private final Transactions transactions;
  private final Orders orders;
  private final Receipts receipts;

  @Inject
  CapturedByHand(Transactions transactions, Orders orders, Receipts receipts) {
    this.transactions = transactions;
    this.orders = orders;
    this.receipts = receipts;
  }

  /** Whether that is why a void was refused. */
  static boolean isReasonOf(Outcome refused) {
    return refused.isDeclinedAs(PaymentChannel.ALREADY_CAPTURED);
  }

  /**
   * Asks what was taken and books it; once, however often it is reported. Where the provider can't
   * say, a person has to find out.
   *
   * @param undo on whose behalf
   */
  void ask(
      StepKey undo, BookedPayment payment, ProviderTransaction authorization, Attempt attempt) {
    Answer answer = attempt.channel().captured(authorization, attempt.budget());
    switch (answer.outcome().state()) {
      case SUCCEEDED -> {
        ProviderTransaction taken = answer.transaction().orElseThrow();
        transactions.in(
            tx -> {
              orders.lock(tx, payment.orderId());
              book(tx, payment, authorization, taken);
              return taken;
            });
      }
      case PENDING, UNKNOWN -> throw StepFailure.unsettled(undo, answer.outcome());
      case DECLINED, NOT_EXECUTED -> {}
    }
  }

  private void book(
      Handle tx,
      BookedPayment payment,
      ProviderTransaction authorization,
      ProviderTransaction taken) {
    Expectation expected =
        new Expectation(
            Kind.CAPTURE,
            taken.amount(),
            payment.orderId().value(),
            Optional.of(authorization.reference()));
    if (expected.differenceTo(taken).isPresent()) {
      receipts.keepDifference(tx, payment.forward(), taken);
    } else {
      receipts.receive(tx, payment, payment.forward(), taken);
    }
  }
}
