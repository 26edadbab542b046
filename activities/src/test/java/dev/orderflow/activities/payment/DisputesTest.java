package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Customers who object to a payment, and banks that take money back: nothing is paid twice. */
class DisputesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Money NOTHING = Money.parse("EUR 0");
  private static final String ALL = "EUR 12.34";

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 100_000);
  }

  private static BankTill paid() {
    return BankTill.paid(DATABASE, shop);
  }

  private static BankTill completed() {
    return BankTill.completed(DATABASE, shop);
  }

  private static Optional<String> code(Outcome outcome) {
    return outcome.reason().map(Reason::code);
  }

  @Test
  void aDisputeIsACaseWithWhatWasKnownWhenItWasOpened() {
    BankTill till = completed();
    DATABASE.execute(
        """
        insert into operation (key, order_id, step, n, state)
        values ('%1$s/confirm', '%1$s', 'CONFIRM', 1, 'SUCCEEDED');
        insert into message
          (key, order_id, event, occurrence, channel, recipient, message_id, state, attempts)
        values ('%1$s/confirm', '%1$s', 'ORDER_CONFIRMED', 1, 'MAIL', 'name@example.com', 'm-%1$s',
                'SUCCEEDED', 1)
        """
            .formatted(till.order));
    String reference = till.bank.objects(till.charge, ALL);

    assertThat(till.observe()).isEmpty();
    assertThat(till.observe()).isEmpty();

    assertThat(till.disputes.ofOrder(till.order))
        .singleElement()
        .satisfies(
            opened -> {
              assertThat(opened.reference()).isEqualTo(reference);
              assertThat(opened.payment()).isEqualTo(till.charge);
              assertThat(opened.amount()).isEqualTo(BankTill.AMOUNT);
              assertThat(opened.state()).isEqualTo(DisputeState.OPEN);
              assertThat(opened.reason().map(Reason::code)).contains("fraudulent");
              assertThat(opened.evidenceDueBy()).contains(Bank.DUE);
              assertThat(opened.openedAt()).contains(Bank.OPENED);
              assertThat(opened.heardAt()).isBefore(Bank.OPENED);
              assertThat(opened.closedAt()).isEmpty();
              DisputeEvidence evidence = opened.evidence();
              assertThat(evidence.customer()).isEqualTo(Shop.CUSTOMER);
              assertThat(evidence.total()).isEqualTo(BankTill.AMOUNT);
              assertThat(evidence.completedAt()).isPresent();
              assertThat(evidence.lines())
                  .containsExactly(
                      new DisputeEvidence.Line(1, "mug", "The mug", 1, BankTill.AMOUNT));
              assertThat(evidence.mails())
                  .extracting(DisputeEvidence.Mail::event, DisputeEvidence.Mail::state)
                  .containsExactly(
                      org.assertj.core.groups.Tuple.tuple("ORDER_CONFIRMED", "SUCCEEDED"));
              assertThat(evidence.payments())
                  .extracting(DisputeEvidence.Transaction::reference)
                  .containsExactly(till.bank.reference(till.charge));
            });
    assertThat(till.disputes.open(1000)).extracting(DisputeCase::orderId).contains(till.order);
    assertThat(till.balance().disputes())
        .extracting(PaymentBalance.Dispute::state)
        .containsExactly(DisputeState.OPEN);
    assertThat(till.status()).isEqualTo("COMPLETED");
  }

  /** A worker of the version before writes and reads opened_at as the time it heard of it. */
  @Test
  void beforeAProviderSaidWhenItWasOpenedADisputeWasOnlyHeardOf() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, ALL);
    till.observe();
    DATABASE.execute(
        "update dispute set opened_by_provider_at = null where reference = '" + reference + "'");
    assertThat(till.disputes.ofOrder(till.order))
        .singleElement()
        .satisfies(heard -> assertThat(heard.openedAt()).isEmpty());
    assertThat(
            DATABASE.number(
                "select count(*) from dispute where opened_at is not null and reference = '"
                    + reference
                    + "'"))
        .isEqualTo(1);

    till.bank.decides(reference, DisputeState.WON);
    till.observe();

    assertThat(till.disputes.ofOrder(till.order))
        .singleElement()
        .satisfies(won -> assertThat(won.openedAt()).contains(Bank.OPENED));
  }

  @Test
  void theEvidenceStaysWhatItWasThen() {
    BankTill till = paid();
    String reference = till.bank.objects(till.charge, ALL);
    till.observe();
    till.bank.decides(reference, DisputeState.WON);
    till.observe();
    till.commit();

    DisputeCase won = till.disputes.ofOrder(till.order).get(0);

    assertThat(won.state()).isEqualTo(DisputeState.WON);
    assertThat(won.closedAt()).isPresent();
    assertThat(won.evidence().completedAt()).isEmpty();
  }

  @Test
  void ofALostDisputeTheRestIsRefundedOnceTheBankHasTakenItsPart() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, "EUR 5.00");
    till.bank.decides(reference, DisputeState.LOST);
    assertThat(till.refusal("a", "EUR 1.00")).isEqualTo(Reason.DISPUTED);

    till.bank.chargesBack(till.charge, "EUR 5.00");

    assertThat(till.refusal("b", "EUR 7.35")).isEqualTo("MORE_THAN_LEFT");
    assertThat(till.refund("c", "EUR 7.34").state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void whileADisputeIsOpenOrLostNothingIsRefunded() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, "EUR 5.00");

    assertThat(till.refusal("a", "EUR 1.00")).isEqualTo(Reason.DISPUTED);
    till.bank.decides(reference, DisputeState.LOST);
    assertThat(till.refusal("b", "EUR 1.00")).isEqualTo(Reason.DISPUTED);
    assertThat(till.bank.refunds()).isEmpty();
  }

  @Test
  void onceADisputeIsWonItIsRefundedAsAlways() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, ALL);
    assertThat(till.refusal("a", "EUR 1.00")).isEqualTo(Reason.DISPUTED);

    till.bank.decides(reference, DisputeState.WON);

    assertThat(till.refund("a", "EUR 1.00").state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void whatWasDecidedBeforeTheDisputeIsNotAskedForAnyMore() {
    BankTill till = completed();
    var decided = till.wish("a", BankTill.amount("EUR 5.00")).refund().orElseThrow();
    till.bank.objects(till.charge, ALL);
    till.observe();

    Outcome refused = till.payments.giveBack(decided.key());

    assertThat(refused.isDeclined()).isTrue();
    assertThat(code(refused)).contains(Reason.DISPUTED);
    assertThat(till.payments.giveBack(decided.key())).isEqualTo(refused);
    assertThat(till.bank.refunds()).isEmpty();
    assertThat(till.balance().refunded()).isEqualTo(NOTHING);
  }

  @Test
  void theUndoOfADisputedPaymentIsRefusedAndThenHeldForAPerson() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, ALL);
    Undo first = till.takeBack().get(0);

    Outcome refused = till.undo(first);

    assertThat(refused.isDeclined()).isTrue();
    assertThat(code(refused)).contains(Reason.DISPUTED);
    assertThat(till.undo(first)).isEqualTo(refused);
    Undo second = till.takeBack().get(0);
    assertThat(second.key()).isEqualTo(first.key().next());
    assertThat(second.held().map(Reason::code)).contains(Reason.DISPUTED);
    assertThat(till.observe()).containsExactly(second);

    till.bank.decides(reference, DisputeState.WON);
    assertThat(till.undo(second).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().refunded()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void theUndoOfADisputedPaymentMayBeGivenUp() {
    BankTill till = completed();
    till.bank.objects(till.charge, ALL);
    Undo first = till.takeBack().get(0);
    till.undo(first);

    till.payments.giveUp(first);

    assertThat(till.takeBack()).isEmpty();
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void aChargebackBeforeTheHandoverHoldsTheGoodsBackAndIsNotGivenBackAgain() {
    BankTill till = paid();
    till.bank.objects(till.charge, ALL);
    till.bank.chargesBack(till.charge, ALL);
    till.observe();

    Outcome refused = till.commit();

    assertThat(refused.isDeclined()).isTrue();
    assertThat(code(refused)).contains(Reason.DISPUTED);
    assertThat(shop.text("select state from reservation where order_id = '" + till.order + "'"))
        .isEqualTo("RESERVED");
    assertThat(till.undo(till.takeBack().get(0))).isEqualTo(Outcome.succeeded());
    assertThat(till.bank.refunds()).isEmpty();
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.balance().returned()).isEqualTo(BankTill.AMOUNT);
  }

  @RepeatedTest(3)
  void aChargebackAtOnceWithTheHandoverIsBeforeItOrAfterIt() {
    BankTill till = paid();
    till.bank.chargesBack(till.charge, ALL);

    List<AtOnce.Result<Object>> results = AtOnce.run(List.of(till::observe, till::commit));

    assertThat(results).allSatisfy(result -> assertThat(result.failure()).isNull());
    Outcome commit = (Outcome) results.get(1).value();
    assertThat(till.status()).isEqualTo(commit.isDeclined() ? "PLACED" : "COMPLETED");
    assertThat(till.booked(Step.CHARGEBACK)).isEqualTo(1);
  }

  @Test
  void aChargebackAfterTheHandoverIsBookedAndTheOrderStands() {
    BankTill till = completed();
    till.bank.objects(till.charge, ALL);
    String reference = till.bank.chargesBack(till.charge, ALL);

    assertThat(till.observe()).isEmpty();

    assertThat(till.status()).isEqualTo("COMPLETED");
    assertThat(till.balance().movements())
        .extracting(PaymentBalance.Movement::key, PaymentBalance.Movement::reference)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(till.key(Step.CHARGEBACK, 1), reference));
    assertThat(till.balance().left()).isEqualTo(NOTHING);
    assertThat(till.disputes.ofOrder(till.order)).hasSize(1);
  }

  @Test
  void aDisputeThatIsWonLetsTheGoodsGo() {
    BankTill till = paid();
    String reference = till.bank.objects(till.charge, ALL);
    till.bank.chargesBack(till.charge, ALL);
    till.observe();
    till.bank.decides(reference, DisputeState.WON);
    till.observe();
    assertThat(till.commit().isDeclined()).as("the money is not back yet").isTrue();

    till.bank.returns(till.charge, ALL);
    till.observe();

    assertThat(shop.inventory().commit(till.key(Step.COMMIT, 2))).isEqualTo(Outcome.succeeded());
    assertThat(till.balance().returned()).isEqualTo(NOTHING);
    assertThat(till.observe()).as("it is the shop's").isEmpty();
  }

  @Test
  void whatIsWonForAnOrderThatWasTakenBackMeanwhileIsHeldForAPerson() {
    BankTill till = paid();
    String reference = till.bank.objects(till.charge, ALL);
    till.bank.chargesBack(till.charge, ALL);
    till.undo(till.takeBack().get(0));
    assertThat(till.observe()).isEmpty();

    till.bank.decides(reference, DisputeState.WON);
    till.bank.returns(till.charge, ALL);
    Undo undo = till.observed();

    assertThat(undo.forward()).isEqualTo(till.key(Step.CHARGEBACK_REVERSED, 1));
    assertThat(undo.held().map(Reason::code)).contains("DISPUTE_WON");
    assertThat(till.takeBack()).containsExactly(undo);
    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().refunded()).isEqualTo(BankTill.AMOUNT);
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void whatIsWonMayBeKept() {
    BankTill till = paid();
    till.bank.chargesBack(till.charge, ALL);
    till.undo(till.takeBack().get(0));
    till.bank.returns(till.charge, ALL);

    till.payments.giveUp(till.observed());

    assertThat(till.observe()).isEmpty();
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.bank.refunds()).isEmpty();
  }

  @Test
  void aChargebackOfMoreThanIsLeftIsRecordedAndNothingIsLeft() {
    BankTill till = completed();
    till.refund("a", "EUR 10.00");
    till.bank.chargesBack(till.charge, ALL);

    assertThat(till.observe()).isEmpty();

    assertThat(till.balance().returned()).isEqualTo(BankTill.AMOUNT);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
    assertThat(till.refusal("b", "EUR 0.01")).isEqualTo("NOTHING_LEFT");
    assertThat(till.undo(till.takeBack().get(0))).isEqualTo(Outcome.succeeded());
  }

  @Test
  void moreThatComesBackThanWasTakenIsNeverLessThanNothing() {
    BankTill till = completed();
    till.bank.returns(till.charge, ALL);

    assertThat(till.observe()).isEmpty();

    assertThat(till.balance().returned()).isEqualTo(NOTHING);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void aChargebackThatComesWhileARefundIsUnderWayLeavesBothInTheBooks() {
    BankTill till = completed();
    till.bank.meanwhile(
        () -> {
          till.bank.chargesBack(till.charge, ALL);
          till.observe();
        });

    Outcome refund = till.refund("a", "EUR 5.00");

    assertThat(refund.isDeclined()).as("the bank has taken it").isTrue();
    assertThat(till.balance().refunded()).isEqualTo(NOTHING);
    assertThat(till.balance().returned()).isEqualTo(BankTill.AMOUNT);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @RepeatedTest(3)
  void aRefundAtOnceWithAChargebackNeverCountsMoreThanWasTakenForOurs() {
    BankTill till = completed();
    var decided = till.wish("a", BankTill.amount("EUR 5.00")).refund().orElseThrow();
    till.bank.objects(till.charge, ALL);
    till.bank.chargesBack(till.charge, ALL);

    List<AtOnce.Result<Object>> results =
        AtOnce.run(List.of(till::observe, () -> till.payments.giveBack(decided.key())));

    assertThat(results.get(0).failure()).isNull();
    Money given =
        till.bank.refunds().stream().map(ProviderTransaction::amount).reduce(NOTHING, Money::plus);
    assertThat(till.balance().refunded()).isEqualTo(given);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void aVerdictIsFinal() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, ALL);
    till.bank.decides(reference, DisputeState.LOST);
    till.observe();

    till.bank.decides(reference, DisputeState.OPEN);
    till.observe();

    assertThat(till.disputes.ofOrder(till.order))
        .extracting(DisputeCase::state)
        .containsExactly(DisputeState.LOST);
  }

  @Test
  void aChargebackThatIsToldTwiceIsBookedOnce() {
    BankTill till = completed();
    String reference = till.bank.chargesBack(till.charge, "EUR 5.00");
    till.bank.tells(
        new Movement(
            Movement.Kind.CHARGEBACK,
            reference,
            Money.parse("EUR 5.00"),
            till.bank.reference(till.charge),
            Optional.empty()));

    till.observe();
    till.observe();

    assertThat(till.booked(Step.CHARGEBACK)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(Money.parse("EUR 7.34"));
  }

  @Test
  void anOrderThatEndedIsObservedAsLong() {
    BankTill till = completed();
    till.undo(till.takeBack().get(0));
    shop.orders()
        .end(
            new dev.orderflow.workflows.order.OrderActivities.Ending(
                till.order, OrderStatus.REFUNDED, new Reason("REFUNDED", "as wished")));
    till.bank.chargesBack(till.charge, ALL);

    assertThat(till.observe()).isEmpty();

    assertThat(till.booked(Step.CHARGEBACK)).isEqualTo(1);
    assertThat(till.status()).isEqualTo("REFUNDED");
  }

  @Test
  void aRefundThatIsProvenCountsBesideAChargeback() {
    BankTill till = paid();
    till.bank.chargesBack(till.charge, ALL);
    till.observe();
    Undo undo = till.takeBack().get(0);
    String byHand = till.bank.dashboardRefund(till.charge, ALL);

    assertThat(till.accept(undo, byHand)).isEqualTo(Outcome.succeeded(byHand));
    till.bank.returns(till.charge, ALL);
    Undo held = till.observed();

    assertThat(till.balance().refunded()).isEqualTo(BankTill.AMOUNT);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
    assertThat(till.undo(held)).isEqualTo(Outcome.succeeded());
    assertThat(till.bank.refunds()).isEmpty();
  }

  @Test
  void anOperatorDoesNotCompleteADisputedOrderEither() {
    BankTill till = paid();
    String reference = till.bank.objects(till.charge, ALL);
    till.observe();

    Outcome refused = shop.orders().acceptAsDone(till.key(Step.COMMIT, 1));

    assertThat(code(refused)).contains(Reason.DISPUTED);
    assertThat(till.status()).isEqualTo("PLACED");

    till.bank.decides(reference, DisputeState.WON);
    till.observe();
    assertThat(shop.orders().acceptAsDone(till.key(Step.COMMIT, 1))).isEqualTo(Outcome.succeeded());
    till.bank.objects(till.charge, ALL);
    till.observe();
    assertThat(shop.orders().acceptAsDone(till.key(Step.COMMIT, 1)))
        .as("it is done already")
        .isEqualTo(Outcome.succeeded());
  }

  @Test
  void aDisputeThatIsWonInPartHoldsNoGoodsBack() {
    BankTill till = paid();
    String reference = till.bank.objects(till.charge, ALL);
    till.bank.chargesBack(till.charge, ALL);
    till.bank.decides(reference, DisputeState.WON);
    till.bank.returns(till.charge, "EUR 12.00");
    till.observe();

    assertThat(till.commit()).isEqualTo(Outcome.succeeded());
  }

  @Test
  void whatComesBackInAnotherCurrencyDoesNotMakeUpForAChargeback() {
    BankTill till = paid();
    till.bank.chargesBack(till.charge, "EUR 5.00");
    till.bank.returns(till.charge, "USD 5.00");
    till.observe();

    assertThat(code(till.commit())).contains(Reason.DISPUTED);
  }

  @Test
  void aVerdictThatIsReportedOtherwiseLaterIsKeptForAPerson() {
    BankTill till = completed();
    String reference = till.bank.objects(till.charge, ALL);
    till.bank.decides(reference, DisputeState.WON);
    till.observe();
    till.observe();
    assertThat(discrepancies(till)).isZero();

    till.bank.decides(reference, DisputeState.LOST);
    till.observe();
    till.observe();

    assertThat(till.disputes.ofOrder(till.order))
        .extracting(DisputeCase::state)
        .containsExactly(DisputeState.WON);
    assertThat(discrepancies(till)).isEqualTo(1);
  }

  private static long discrepancies(BankTill till) {
    return DATABASE.number(
        "select count(*) from discrepancy where key like '" + till.order + "/%'");
  }
}
