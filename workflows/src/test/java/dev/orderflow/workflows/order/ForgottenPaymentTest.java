package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.FakeRooms;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The history has forgotten attempts to pay; only the ledger knows them, and of a choice not even
 * the ledger knows the token. The attempt that is open is taken up, and nobody pays twice.
 */
class ForgottenPaymentTest {

  @RegisterExtension final Shop shop = new Shop();

  private enum Past {
    /** Nothing but the first attempt. */
    FIRST_IS_OPEN(1) {
      @Override
      void happen(FakeRooms rooms, StepKey key) {}
    },
    SECOND_IS_OPEN(2) {
      @Override
      void happen(FakeRooms rooms, StepKey key) {
        rooms.close(key);
        rooms.charge(payment(key.next(), "tok_second"));
      }
    },
    THIRD_IS_OPEN(3) {
      @Override
      void happen(FakeRooms rooms, StepKey key) {
        SECOND_IS_OPEN.happen(rooms, key);
        rooms.close(key.next());
        rooms.charge(payment(key.next().next(), "tok_third"));
      }
    },
    /** A choice was closed before it was sent. */
    SECOND_WAS_NEVER_SENT(3) {
      @Override
      void happen(FakeRooms rooms, StepKey key) {
        rooms.close(key);
        rooms.close(key.next());
        rooms.charge(payment(key.next().next(), "tok_third"));
      }
    };

    private final int open;

    Past(int open) {
      this.open = open;
    }

    abstract void happen(FakeRooms rooms, StepKey key);
  }

  private static Payment payment(StepKey key, String token) {
    return new Payment(key, Wallet.CHANNEL, token, Basket.plain("any").total());
  }

  private FakeRooms rooms() {
    return new FakeRooms(shop.ledger());
  }

  private TestOrder awaiting(Basket basket) {
    TestOrder order = shop.order(basket).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    return order;
  }

  private static StepKey first(TestOrder order) {
    return StepKey.of(order.id(), Step.CHARGE);
  }

  @ParameterizedTest
  @EnumSource
  void aRecoveredOrderTakesUpTheAttemptThatIsOpen(Past past) {
    TestOrder order = awaiting(Basket.rich("recover-" + past).awaited());
    order.workflow().terminate("on purpose");
    past.happen(rooms(), first(order));

    order.recover().awaitStatus(OrderStatus.AWAITING_PAYMENT);
    assertThat(order.show().nextAction().toString()).contains(key(order, past.open).toString());
    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CHARGE)).isLessThanOrEqualTo(past.open + 1);
  }

  private static StepKey key(TestOrder order, int n) {
    return new StepKey(order.id(), Step.CHARGE, n);
  }

  @ParameterizedTest
  @EnumSource
  void aRecoveredOrderFindsThatItIsPaid(Past past) {
    TestOrder order = awaiting(Basket.rich("recover-paid-" + past).awaited());
    order.workflow().terminate("on purpose");
    past.happen(rooms(), first(order));

    order.customerPays().recover().ends(OrderStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelDeliveredFirstClosesWhatOnlyTheLedgerKnows(Past past) {
    TestOrder order = awaiting(Basket.rich("recover-cancel-" + past).awaited());
    order.workflow().terminate("on purpose");
    past.happen(rooms(), first(order));

    order.recoverAt("late");
    order.cancel();
    shop.workerComesTo("late");

    order.ends(OrderStatus.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource
  void aReportTakesUpWhatAForgottenChoiceBegan(Past past) {
    TestOrder order = awaiting(Basket.plain("hint-" + past).awaited());
    past.happen(rooms(), first(order));

    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }

  @Test
  void aChoiceThatIsDeliveredAgainFindsItsOwnAttempt() {
    TestOrder order = awaiting(Basket.plain("redelivered").awaited());
    Past.SECOND_IS_OPEN.happen(rooms(), first(order));

    order.pay(Wallet.CHANNEL, "tok_second").join();

    assertThat(order.show().nextAction().toString()).contains("/charge/2");
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }

  @Test
  void aChoiceClosesTheAttemptOfAnotherThatWasForgotten() {
    TestOrder order = awaiting(Basket.plain("redelivered-later").awaited());
    Past.SECOND_IS_OPEN.happen(rooms(), first(order));

    order.pay(Wallet.CHANNEL, "tok_third").join();

    assertThat(order.show().nextAction().toString()).contains("/charge/3");
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }

  @Test
  void theAttemptOfAForgottenChoiceIsFoundPaidAtTheDeadline() {
    TestOrder order = awaiting(Basket.plain("forgotten-deadline").awaited());
    order.customerRefuses().reported();
    order.awaitReason("refused");
    rooms().charge(payment(first(order).next(), "tok_second"));

    order.customerPays().ends(OrderStatus.COMPLETED);
  }

  @Test
  void aFailoverIsNotMadeTwice() {
    TestOrder order =
        shop.order(Basket.rich("recover-failover").by(Basket.CHANNEL, "second-bank").withHold())
            .with(Call.AUTHORIZE, Trouble.failing(3))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    order.workflow().terminate("on purpose");

    order.recover().awaitStatus(OrderStatus.ON_HOLD);
    order.decide(Review.Choice.APPROVE).join();

    order.ends(OrderStatus.COMPLETED);
  }

  /** The first channel was passed over, and then the customer has chosen. */
  @Test
  void aChoiceAfterAFailoverIsTakenUp() {
    Basket basket = Basket.plain("recover-both").awaited().by("first-wallet", Wallet.CHANNEL);
    TestOrder order = shop.order(basket).with(Call.CHARGE, Trouble.failing(3)).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.pay(Wallet.CHANNEL, "tok_third").join();
    order.workflow().terminate("on purpose");

    order.recover().awaitStatus(OrderStatus.AWAITING_PAYMENT);

    assertThat(order.show().nextAction().toString()).contains("/charge/3");
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }

  /** The first attempt is closed, and another channel has taken the money. */
  private void isPaidByCard(TestOrder order) {
    rooms().close(first(order));
    Basket any = Basket.plain("any");
    rooms().charge(new Payment(first(order).next(), Basket.CHANNEL, "tok_card", any.total()));
  }

  @Test
  void whoPaidByAForgottenChoiceIsToldByTheLedgerWhenTheOrderIsRecovered() {
    TestOrder order = awaiting(Basket.rich("paid-by-recover").awaited());
    order.workflow().terminate("on purpose");
    isPaidByCard(order);

    OrderView view = order.recover().ends(OrderStatus.COMPLETED);

    assertThat(view.paidBy()).contains(Basket.CHANNEL);
    assertThat(order.channel()).isEqualTo(Basket.CHANNEL);
  }

  @Test
  void whoPaidByAForgottenChoiceIsToldByTheLedgerWhenItIsAskedFor() {
    TestOrder order = awaiting(Basket.rich("paid-by-report").awaited());
    isPaidByCard(order);

    OrderView view = order.reported().ends(OrderStatus.COMPLETED);

    assertThat(view.paidBy()).contains(Basket.CHANNEL);
  }

  @Test
  void aChoiceThatFindsAnotherPaidDoesNotTakeTheCreditForIt() {
    TestOrder order = awaiting(Basket.rich("paid-by-other").awaited());
    isPaidByCard(order);

    order.pay(Wallet.CHANNEL, "tok_third").join();

    assertThat(order.ends(OrderStatus.COMPLETED).paidBy()).contains(Basket.CHANNEL);
  }

  @Test
  void aCompletedOrderThatIsCarriedOnAgainSaysStillWhoTookItsMoney() {
    TestOrder order = awaiting(Basket.rich("paid-by-again").awaited());
    order.pay(Basket.CHANNEL, "tok_card").join();
    assertThat(order.ends(OrderStatus.COMPLETED).paidBy()).contains(Basket.CHANNEL);

    OrderView again = order.recover().ends(OrderStatus.COMPLETED);

    assertThat(again.paidBy()).contains(Basket.CHANNEL);
  }
}
