package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What is left of a payment for one of its refunds. */
class BookedPaymentTest {
  private static final OrderId ORDER = OrderId.ofKey("left");
  private static final StepKey CHARGE = StepKey.of(ORDER, Step.CHARGE);
  private static final Money THREE = Money.parse("EUR 3.00");

  @Test
  void aRefundThatIsCountedDoesNotStandInItsOwnWay() {
    assertThat(paidTen(THREE).leftBeside(refund(false, false))).isEqualTo(Money.parse("EUR 10.00"));
  }

  /** The sum was lowered by it when it failed, or was refused. */
  @Test
  void aRefundThatStandsNoMoreIsNotTakenOutOfTheOthersSum() {
    assertThat(paidTen(THREE).leftBeside(refund(true, false))).isEqualTo(Money.parse("EUR 7.00"));
    assertThat(paidTen(THREE).leftBeside(refund(false, true))).isEqualTo(Money.parse("EUR 7.00"));
  }

  private static BookedPayment paidTen(Money refunded) {
    Money ten = Money.parse("EUR 10.00");
    return new BookedPayment(
        CHARGE,
        ORDER,
        "sandbox",
        ten,
        Optional.empty(),
        ten,
        refunded,
        Money.parse("EUR 0.00"),
        false);
  }

  private static BookedRefund refund(boolean refused, boolean failed) {
    return new BookedRefund(
        StepKey.of(ORDER, Step.REFUND),
        CHARGE,
        THREE,
        Optional.empty(),
        true,
        refused,
        false,
        failed,
        Optional.empty(),
        Operation.State.SUCCEEDED,
        List.of());
  }
}
