package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundRequest;
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

/** Refunds that were made at the provider, and refunds that came back: each is booked once. */
class MovementsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Money NOTHING = Money.parse("EUR 0");

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 100_000);
  }

  private static BankTill completed() {
    return BankTill.completed(DATABASE, shop);
  }

  private static Money eur(String amount) {
    return Money.parse("EUR " + amount);
  }

  @Test
  void aRefundMadeInTheDashboardIsBookedOnceAndCountsAsGivenBack() {
    BankTill till = completed();
    String reference = till.bank.dashboardRefund(till.charge, "EUR 5.00");

    assertThat(till.observe()).isEmpty();
    assertThat(till.observe()).isEmpty();

    PaymentBalance balance = till.balance();
    assertThat(balance.refunded()).isEqualTo(NOTHING);
    assertThat(balance.returned()).isEqualTo(eur("5.00"));
    assertThat(balance.left()).isEqualTo(eur("7.34"));
    assertThat(balance.movements())
        .singleElement()
        .satisfies(
            movement -> {
              assertThat(movement.key()).isEqualTo(till.key(Step.REPORTED_REFUND, 1));
              assertThat(movement.reference()).isEqualTo(reference);
              assertThat(movement.amount()).isEqualTo(eur("5.00"));
            });
    assertThat(till.status()).isEqualTo("COMPLETED");
    assertThat(till.refund("a", "EUR 7.34").state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void aRefundAtAWishGivesBackOnlyTheRestOfWhatNobodyHasReported() {
    BankTill till = completed();
    till.bank.dashboardRefund(till.charge, "EUR 5.00");

    assertThat(till.refusal("a", "EUR 10.00")).isEqualTo("MORE_THAN_LEFT");

    assertThat(till.wish("b", new RefundRequest.All()).refund().orElseThrow().amount())
        .isEqualTo(eur("7.34"));
  }

  @Test
  void aCancelAfterARefundInTheDashboardGivesBackOnlyTheRest() {
    BankTill till = completed();
    till.bank.dashboardRefund(till.charge, "EUR 5.00");

    Undo undo = till.takeBack().get(0);

    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.bank.refunds())
        .singleElement()
        .satisfies(refund -> assertThat(refund.amount()).isEqualTo(eur("7.34")));
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void aCancelAfterEverythingWasRefundedInTheDashboardAsksForNothing() {
    BankTill till = completed();
    till.bank.dashboardRefund(till.charge, "EUR 12.34");

    assertThat(till.undo(till.takeBack().get(0))).isEqualTo(Outcome.succeeded());

    assertThat(till.bank.refunds()).isEmpty();
    assertThat(till.takeBack()).isEmpty();
  }

  @Test
  void aHealthyOrderAndAHealthyRefundPayOneQuestionEach() {
    BankTill till = completed();
    till.refund("a", "EUR 5.00");
    assertThat(till.bank.calls).containsExactly(CallKind.MOVEMENTS, CallKind.REFUND);

    till.refund("a", "EUR 5.00");
    assertThat(till.bank.calls).hasSize(2);

    till.undo(till.takeBack().get(0));
    assertThat(till.bank.calls.subList(2, 4)).containsExactly(CallKind.MOVEMENTS, CallKind.REFUND);

    till.observe();
    assertThat(till.bank.calls.subList(4, till.bank.calls.size()))
        .containsExactly(CallKind.MOVEMENTS);
    assertThat(till.booked(Step.REPORTED_REFUND)).isZero();
  }

  @Test
  void ourOwnRefundWhoseAnswerWasLostIsNotTakenForAnothers() {
    BankTill till = completed();
    till.bank.losesAnAnswer();
    assertThat(failure(() -> till.refund("a", "EUR 5.00")).getType()).isEqualTo("UNKNOWN");

    assertThat(till.observe()).isEmpty();

    assertThat(till.state(till.key(Step.REFUND, 1))).contains(Operation.State.SUCCEEDED);
    assertThat(till.booked(Step.REPORTED_REFUND)).isZero();
    assertThat(till.balance().left()).isEqualTo(eur("7.34"));
  }

  @Test
  void whileOurOwnRefundIsUnderWayNothingLikeItIsBooked() {
    BankTill till = completed();
    // Made at the provider, and its answer is not here yet.
    till.bank.meanwhile(
        () -> {
          till.bank.dashboardRefund(till.charge, "EUR 5.00");
          assertThat(failure(till::observe).getType()).isEqualTo("PENDING");
          assertThat(till.booked(Step.REPORTED_REFUND)).isZero();
        });

    assertThat(till.refund("a", "EUR 5.00").state()).isEqualTo(State.SUCCEEDED);

    assertThat(till.observe()).isEmpty();
    assertThat(till.booked(Step.REPORTED_REFUND)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(eur("2.34"));
  }

  @Test
  void aRefundThatCameBackIsHeldForAPersonAndIsAskedForAgain() {
    BankTill till = completed();
    Outcome made = till.refund("a", "EUR 5.00");
    till.bank.fails(till.charge, made.reference().orElseThrow());

    Undo undo = till.observed();

    assertThat(undo.forward()).isEqualTo(till.key(Step.REFUND_FAILED, 1));
    assertThat(undo.held().map(Reason::code)).contains("REFUND_FAILED");
    assertThat(till.state(till.key(Step.REFUND, 1))).contains(Operation.State.SUCCEEDED);
    assertThat(till.balance().refunded()).isEqualTo(NOTHING);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
    assertThat(till.refusal("a", "EUR 5.00")).isEqualTo("REFUND_FAILED");

    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);

    assertThat(till.bank.refunds())
        .extracting(ProviderTransaction::amount)
        .containsExactly(eur("5.00"), eur("5.00"));
    assertThat(till.balance().left()).isEqualTo(eur("7.34"));
    assertThat(till.observe()).isEmpty();
    assertThat(till.refund("a", "EUR 5.00").state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.bank.refunds()).hasSize(2);
  }

  @Test
  void aRefundThatComesBackTwiceIsAskedForAgainTwice() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Outcome second = till.undo(till.observed());
    till.bank.fails(till.charge, second.reference().orElseThrow());

    Undo undo = till.observed();

    assertThat(undo.forward()).isEqualTo(till.key(Step.REFUND_FAILED, 2));
    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().refunded()).isEqualTo(eur("5.00"));
  }

  @Test
  void aRefundThatCameBackAndWasMadeByHandIsBelieved() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Undo undo = till.observed();
    String byHand = till.bank.dashboardRefund(till.charge, "EUR 5.00");
    // The report of it came first, and it was booked as somebody else's.
    till.observe();
    assertThat(till.balance().returned()).isEqualTo(eur("5.00"));

    assertThat(till.accept(undo, byHand)).isEqualTo(Outcome.succeeded(byHand));

    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().returned()).isEqualTo(NOTHING);
    assertThat(till.balance().refunded()).isEqualTo(eur("5.00"));
    assertThat(till.balance().left()).isEqualTo(eur("7.34"));
  }

  @Test
  void whoRetriesWhatWasGivenBackByHandMeanwhileIsAskedOnceMore() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Undo first = till.observed();
    till.bank.dashboardRefund(till.charge, "EUR 5.00");

    Outcome refused = till.undo(first);

    assertThat(refused.reason().map(Reason::code)).contains("GIVEN_BACK_MEANWHILE");
    assertThat(refused.reason().orElseThrow().message()).contains("EUR 5.00");
    assertThat(till.undo(first)).isEqualTo(refused);
    assertThat(till.bank.refunds()).hasSize(1);
    Undo second = till.observed();
    assertThat(second.forward()).isEqualTo(first.forward());
    assertThat(second.key()).isNotEqualTo(first.key());
    assertThat(second.held()).isPresent();

    assertThat(till.undo(second).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.bank.refunds()).hasSize(2);
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void whatWasGivenBackByHandAndBookedBeforeTheRetryIsToldAsWell() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Undo first = till.observed();
    till.bank.dashboardRefund(till.charge, "EUR 5.00");
    till.observe();

    assertThat(till.undo(first).reason().map(Reason::code)).contains("GIVEN_BACK_MEANWHILE");

    till.payments.giveUp(till.observed());
    assertThat(till.observe()).isEmpty();
    assertThat(till.bank.refunds()).hasSize(1);
    assertThat(till.balance().left()).isEqualTo(eur("7.34"));
  }

  @Test
  void aRefundThatCameBackAndIsGivenUpIsNeverProposedAgain() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Undo undo = till.observed();

    till.payments.giveUp(undo);
    till.payments.giveUp(undo);

    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
    // A cancel later is another wish: it gives back all that is left.
    assertThat(till.takeBack()).extracting(Undo::forward).containsExactly(till.charge);
    assertThat(till.undo(till.takeBack().get(0)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void theRefundOfACancelledOrderThatCameBackIsHeldToo() {
    BankTill till = completed();
    Outcome made = till.undo(till.takeBack().get(0));
    till.bank.fails(till.charge, made.reference().orElseThrow());

    Undo undo = till.observed();

    assertThat(undo.held().map(Reason::code)).contains("REFUND_FAILED");
    assertThat(till.takeBack()).containsExactly(undo);
    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void whatARetryIsRefusedIsHeldAgainUnderAFreshKeyAndMayBeGivenUp() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.refund("a", "EUR 5.00").reference().orElseThrow());
    Undo first = till.observed();
    // Nobody tells us of it in time.
    till.bank.isSilent(true);
    assertThat(failure(() -> till.undo(first)).getType()).isEqualTo("UNKNOWN");
    till.bank.isSilent(false);
    till.bank.meanwhile(() -> till.bank.dashboardRefund(till.charge, "EUR 12.34"));
    assertThat(till.undo(first).isDeclined()).isTrue();

    Undo second = till.observed();

    assertThat(second.key()).isEqualTo(first.key().next());
    assertThat(second.held()).isEqualTo(first.held());
    till.payments.giveUp(first);
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void aRefundOfTheDashboardThatCameBackIsLeftAgain() {
    BankTill till = completed();
    String reference = till.bank.dashboardRefund(till.charge, "EUR 5.00");
    till.observe();
    till.bank.fails(till.charge, reference);

    assertThat(till.observed().held().map(Reason::code)).contains("REFUND_FAILED");

    assertThat(till.balance().returned()).isEqualTo(NOTHING);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void aRefundThatCameBackBeforeItWasHeardOfNeedsNobody() {
    BankTill till = completed();
    till.bank.fails(till.charge, till.bank.dashboardRefund(till.charge, "EUR 5.00"));

    assertThat(till.observe()).isEmpty();

    assertThat(till.booked(Step.REPORTED_REFUND)).isEqualTo(1);
    assertThat(till.booked(Step.REFUND_FAILED)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void whatIsReportedOfAnotherPaymentIsKeptForAPerson() {
    BankTill till = completed();
    till.bank.tells(
        new Movement(Movement.Kind.REFUND, "re_1", eur("5.00"), "ch_another", Optional.empty()));

    till.observe();
    till.observe();

    assertThat(till.booked(Step.REPORTED_REFUND)).isZero();
    assertThat(discrepancies(till)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @RepeatedTest(3)
  void whoLooksAtOnceBooksOnce() {
    BankTill till = completed();
    Outcome made = till.refund("a", "EUR 5.00");
    till.bank.dashboardRefund(till.charge, "EUR 2.00");
    till.bank.fails(till.charge, made.reference().orElseThrow());

    List<AtOnce.Result<List<Undo>>> results =
        AtOnce.run(List.of(till::observe, till::observe, till::observe));

    assertThat(results).allSatisfy(result -> assertThat(result.value()).hasSize(1));
    assertThat(till.booked(Step.REPORTED_REFUND)).isEqualTo(1);
    assertThat(till.booked(Step.REFUND_FAILED)).isEqualTo(1);
    assertThat(till.balance().refunded()).isEqualTo(NOTHING);
    assertThat(till.balance().left()).isEqualTo(eur("10.34"));
  }

  @Test
  void whatIsReportedOfTwoOrdersIsBookedWithTheFirstAndADifferenceOfTheOther() {
    BankTill one = completed();
    BankTill other = completed();
    String reference = one.bank.dashboardRefund(one.charge, "EUR 5.00");
    other.bank.tells(
        new Movement(
            Movement.Kind.REFUND,
            reference,
            eur("5.00"),
            other.bank.reference(other.charge),
            Optional.empty()));

    one.observe();
    other.observe();
    other.observe();

    assertThat(one.balance().left()).isEqualTo(eur("7.34"));
    assertThat(other.balance().left()).isEqualTo(BankTill.AMOUNT);
    assertThat(discrepancies(other)).isEqualTo(1);
  }

  @Test
  void whatBelongsToAnArchivedOrderIsADifferenceOfAnother() {
    BankTill archived = completed();
    BankTill other = completed();
    isArchived(archived, "re_archived", "REFUND");
    for (Movement.Kind kind : List.of(Movement.Kind.REFUND, Movement.Kind.REFUND_FAILED)) {
      String of = kind == Movement.Kind.REFUND ? other.bank.reference(other.charge) : "re_archived";
      String reference = kind == Movement.Kind.REFUND ? "re_archived" : "rf_archived";
      other.bank.tells(new Movement(kind, reference, eur("5.00"), of, Optional.empty()));
    }

    other.observe();
    other.observe();

    assertThat(other.booked(Step.REPORTED_REFUND)).isZero();
    assertThat(other.booked(Step.REFUND_FAILED)).isZero();
    assertThat(other.balance().left()).isEqualTo(BankTill.AMOUNT);
    assertThat(discrepancies(other)).isEqualTo(2);
  }

  @Test
  void thePaymentOfAnArchivedOrderPaysForNoOther() {
    BankTill archived = completed();
    BankTill other = new BankTill(DATABASE, shop);
    String reference = "charge_" + other.charge.toString().replace('/', '_');
    isArchived(archived, reference, "CHARGE");

    assertThat(failure(other::pay).getType()).isEqualTo("UNKNOWN");

    assertThat(other.state(other.charge)).contains(Operation.State.UNKNOWN);
    assertThat(
            DATABASE.number(
                "select count(*) from provider_transaction where reference = '" + reference + "'"))
        .isZero();
  }

  private static void isArchived(BankTill till, String reference, String kind) {
    DATABASE.execute(
        """
        insert into archived_transaction
          (channel, reference, order_id, kind, currency, amount_minor, reported_at, booked)
        values ('%s', '%s', '%s', '%s', 'EUR', 500, now() - interval '2 years', true)
        """
            .formatted(Bank.NAME, reference, till.order, kind));
  }

  @RepeatedTest(3)
  void whatIsReportedOfTwoOrdersAtOnceIsBookedWithOne() {
    BankTill one = completed();
    BankTill other = completed();
    String reference = one.bank.dashboardRefund(one.charge, "EUR 5.00");
    other.bank.tells(
        new Movement(
            Movement.Kind.REFUND,
            reference,
            eur("5.00"),
            other.bank.reference(other.charge),
            Optional.empty()));

    assertThat(AtOnce.run(List.of(one::observe, other::observe)))
        .allSatisfy(result -> assertThat(result.failure()).isNull());

    assertThat(one.booked(Step.REPORTED_REFUND) + other.booked(Step.REPORTED_REFUND)).isEqualTo(1);
    assertThat(discrepancies(one) + discrepancies(other)).isEqualTo(1);
  }

  @Test
  void whatMovedInAnotherCurrencyIsBookedAndKeptForAPersonAndCountsForNothing() {
    BankTill till = completed();
    till.bank.dashboardRefund(till.charge, "USD 5.00");

    till.observe();
    till.observe();

    assertThat(till.booked(Step.REPORTED_REFUND)).isEqualTo(1);
    assertThat(discrepancies(till)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void aRefundThatNobodyKnowsAndThatCameBackIsKeptForAPerson() {
    BankTill till = completed();
    till.bank.tells(
        new Movement(
            Movement.Kind.REFUND_FAILED, "rf_1", eur("5.00"), "re_nobody", Optional.empty()));

    assertThat(till.observe()).isEmpty();

    assertThat(discrepancies(till)).isEqualTo(1);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void aProviderThatDoesNotSayIsAskedAgainBeforeAnythingIsTakenBack() {
    BankTill till = completed();
    till.bank.dashboardRefund(till.charge, "EUR 5.00");
    till.bank.isSilent(true);

    assertThat(failure(till::observe).getType()).isEqualTo("UNKNOWN");
    Undo undo = till.takeBack().get(0);
    assertThat(failure(() -> till.undo(undo)).getType()).isEqualTo("UNKNOWN");
    assertThat(till.bank.refunds()).isEmpty();

    till.bank.isSilent(false);
    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void aRefundThatNeverGotThereIsNotAskedForOnceTheMoneyWentBackElsewhere() {
    BankTill till = completed();
    var decided = till.wish("a", new RefundRequest.All()).refund().orElseThrow();
    till.bank.isDown(true);
    assertThat(failure(() -> till.payments.giveBack(decided.key())).getType())
        .isEqualTo("NOT_EXECUTED");
    till.bank.isDown(false);
    till.bank.dashboardRefund(till.charge, "EUR 12.34");
    till.observe();

    Outcome refused = till.payments.giveBack(decided.key());

    assertThat(refused.isDeclined()).isTrue();
    assertThat(refused.reason().map(Reason::code)).contains("MORE_THAN_LEFT");
    assertThat(till.asked(CallKind.REFUND)).isEqualTo(1);
    assertThat(till.balance().refunded()).isEqualTo(NOTHING);
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void anUndoThatNeverGotThereIsRefusedOnceThereIsLessAndTheNextGivesBackTheRest() {
    BankTill till = completed();
    Undo first = till.takeBack().get(0);
    till.bank.isDown(true);
    assertThat(failure(() -> till.undo(first)).getType()).isEqualTo("NOT_EXECUTED");
    till.bank.isDown(false);
    till.bank.dashboardRefund(till.charge, "EUR 5.00");

    Outcome refused = till.undo(first);

    assertThat(refused.isDeclined()).isTrue();
    assertThat(refused.reason().map(Reason::code)).contains("MORE_THAN_LEFT");
    assertThat(till.asked(CallKind.REFUND)).isEqualTo(1);
    Undo second = till.takeBack().get(0);
    assertThat(second.key()).isEqualTo(first.key().next());
    assertThat(till.undo(second).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.bank.refunds())
        .extracting(ProviderTransaction::amount)
        .containsExactly(eur("7.34"));
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void anUndoThatNeverGotThereIsMadeUnderItsKeyWhereNothingHasChanged() {
    BankTill till = completed();
    Undo undo = till.takeBack().get(0);
    till.bank.isDown(true);
    failure(() -> till.undo(undo));
    till.bank.isDown(false);

    assertThat(till.undo(undo).state()).isEqualTo(State.SUCCEEDED);

    assertThat(till.balance().refunded()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void aRefundThatIsProvenButMoreThanWasTakenIsKeptForAPerson() {
    BankTill till = completed();
    Undo undo = till.takeBack().get(0);
    till.bank.dashboardRefund(till.charge, "EUR 12.34");
    till.undo(undo);
    String reference = till.bank.dashboardRefund(till.charge, "EUR 12.34");
    till.observe();
    var wish = new Undo(till.key(Step.REFUND, 2), till.charge, Optional.empty());

    till.accept(wish, reference);

    assertThat(discrepancies(till)).isZero();
    String more = till.bank.dashboardRefund(till.charge, "EUR 12.34");
    till.accept(new Undo(till.key(Step.REFUND, 3), till.charge, Optional.empty()), more);
    assertThat(discrepancies(till)).isEqualTo(1);
    assertThat(till.balance().refunded()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void whetherARefundWasReliedOnBeforeItCameBackIsJudgedByTheBooksOfThatMoment() {
    BankTill till = completed();
    String made = till.bank.dashboardRefund(till.charge, "EUR 5.00");
    till.bank.fails(till.charge, made);
    Transactions transactions = DATABASE.get(Transactions.class);
    MovementBooks books =
        new MovementBooks(
            transactions, till.ledger, DATABASE.get(Calls.class), DATABASE.get(Orders.class));
    BookedPayment payment =
        transactions.read(tx -> new PaymentStore().find(tx, till.charge)).orElseThrow();
    Movement refund = refund(till, made, Movement.Kind.REFUND, till.bank.reference(till.charge));
    Movement failed = refund(till, "rf_1", Movement.Kind.REFUND_FAILED, made);
    List<Movement> unknown = books.unknown(payment, List.of(refund, failed));

    // Somebody who had asked before it came back was faster.
    books.book(payment, List.of(refund), List.of());
    books.book(payment, unknown, List.of());

    assertThat(till.takeBack()).isNotEmpty();
    assertThat(
            DATABASE.number(
                "select count(*) from operation where step = 'REFUND_FAILED' and reason_code ="
                    + " 'REFUND_FAILED' and order_id = '"
                    + till.order
                    + "'"))
        .isEqualTo(1);
  }

  private static Movement refund(BankTill till, String reference, Movement.Kind kind, String of) {
    return new Movement(kind, reference, eur("5.00"), of, Optional.empty());
  }

  @Test
  void whileARefundOfOursIsInDoubtItsComingBackWaitsToo() {
    BankTill till = completed();
    till.bank.losesAnAnswer();
    failure(() -> till.refund("a", "EUR 5.00"));
    till.bank.isSearching(true);
    till.bank.fails(till.charge, till.bank.reference(till.key(Step.REFUND, 1)));

    assertThat(failure(till::observe).getType()).isEqualTo("UNKNOWN");
    assertThat(discrepancies(till)).isZero();

    till.bank.isSearching(false);
    assertThat(till.observed().forward()).isEqualTo(till.key(Step.REFUND_FAILED, 1));
    assertThat(discrepancies(till)).isZero();
  }

  @Test
  void aWishThatCanNotAskAtOnceRestsOnWhatIsKnown() {
    BankTill till = completed();
    till.bank.meanwhile(
        () -> {
          till.bank.dashboardRefund(till.charge, "EUR 5.00");
          assertThat(till.wish("b", BankTill.amount("EUR 1.00")).refund()).isPresent();
        });

    assertThat(till.refund("a", "EUR 5.00").state()).isEqualTo(State.SUCCEEDED);
  }

  private static long discrepancies(BankTill till) {
    return DATABASE.number(
        "select count(*) from discrepancy where key like '" + till.order + "/%'");
  }
}
