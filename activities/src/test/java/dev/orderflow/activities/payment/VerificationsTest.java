package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator's word about money is believed when the provider says the same. */
class VerificationsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 100);
  }

  @Test
  void aRefundDoneByHandIsAcceptedUnderTheKeyAfterTheRefusedOne() {
    try (Till till = new Till(DATABASE, shop.placed("mug", 1))) {
      String charge = till.charge().reference().orElseThrow();
      till.provider.next(Fault.DECLINE);
      till.refund();
      String byHand = till.provider.byHand("refund", charge, 1234, till.order.value());

      Outcome verified = verify(till, till.refund, byHand);

      assertThat(verified).isEqualTo(Outcome.succeeded(byHand));
      assertThat(till.state(till.refund)).isEqualTo(Operation.State.DECLINED);
      assertThat(till.state(till.refund.next())).isEqualTo(Operation.State.SUCCEEDED);
      assertThat(verify(till, till.refund, byHand)).isEqualTo(verified);
      // Whoever refunds now finds that it is done.
      StepKey third = till.refund.next().next();
      assertThat(till.payments.refund(new Reversal(third, till.charge)).state())
          .isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
    }
  }

  @Test
  void anotherAmountAnotherPaymentOrAnotherKindIsNotBelieved() {
    try (Till till = new Till(DATABASE, shop.placed("mug", 1))) {
      String charge = till.charge().reference().orElseThrow();
      FakeProvider provider = till.provider;
      String order = till.order.value();

      assertThat(code(verify(till, till.refund, provider.byHand("refund", charge, 1000, order))))
          .isEqualTo("AMOUNT_DIFFERS");
      assertThat(code(verify(till, till.refund, provider.byHand("refund", "ch_9", 1234, order))))
          .isEqualTo("TRANSACTION_DIFFERS");
      assertThat(code(verify(till, till.refund, provider.byHand("refund", charge, 1234, "else"))))
          .isEqualTo("TRANSACTION_DIFFERS");
      assertThat(code(verify(till, till.refund, charge))).isEqualTo("TRANSACTION_DIFFERS");
      assertThat(code(verify(till, till.refund, "re_unknown"))).isEqualTo("NOT_FOUND");
      assertThat(till.ledger.find(till.refund)).isEmpty();
    }
  }

  @Test
  void oneRefundOfTheProviderSettlesOneOperationOnly() {
    try (Till till = new Till(DATABASE, shop.placed("mug", 1))) {
      String charge = till.charge().reference().orElseThrow();
      String refund = till.refund().reference().orElseThrow();
      String another = till.provider.byHand("refund", charge, 1234, till.order.value());

      assertThat(code(verify(till, till.refund.next(), refund))).isEqualTo("TRANSACTION_DIFFERS");
      assertThat(code(verify(till, till.refund, another))).isEqualTo("TRANSACTION_DIFFERS");
      assertThat(till.ledger.find(till.refund.next())).isEmpty();
    }
  }

  @Test
  void aProviderThatDoesNotAnswerIsAskedAgain() {
    try (Till till = new Till(DATABASE, shop.placed("mug", 1))) {
      till.charge();
      till.provider.close();

      assertThat(failure(() -> verify(till, till.refund, "re_1")).getType()).isEqualTo("UNKNOWN");
    }
  }

  @Test
  void withoutAPaymentThereIsNothingToVerify() {
    try (Till till = new Till(DATABASE, shop.placed("mug", 1))) {
      assertThat(code(verify(till, till.refund, "re_1"))).isEqualTo("NO_PAYMENT");
    }
  }

  private static Outcome verify(Till till, StepKey key, String reference) {
    return till.payments.verify(new Verification(key, till.charge, reference));
  }

  private static String code(Outcome outcome) {
    assertThat(outcome.isDeclined()).isTrue();
    return outcome.reason().map(Reason::code).orElseThrow();
  }
}
