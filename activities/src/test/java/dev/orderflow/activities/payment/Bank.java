package dev.orderflow.activities.payment;

import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.Movements.Movement.Kind;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * A provider in memory that also does things of its own: in its dashboard, for a customer's bank.
 */
final class Bank implements PaymentChannel {
  static final String NAME = "bank";
  static final Instant OPENED = Instant.parse("2030-12-01T00:00:00Z");
  static final Instant DUE = Instant.parse("2031-01-01T00:00:00Z");

  final List<CallKind> calls = new ArrayList<>();
  private final Map<StepKey, ProviderTransaction> done = new LinkedHashMap<>();
  private final List<Movement> moved = new ArrayList<>();
  private final List<Movement> told = new ArrayList<>();
  private final Map<String, Dispute> disputes = new LinkedHashMap<>();
  private Optional<Money> instead = Optional.empty();
  private boolean losing;
  private boolean silent;
  private boolean down;
  private boolean searching;
  private Runnable before = () -> {};

  /** Takes another amount than asked for, from now on. */
  synchronized void takes(Money odd) {
    instead = Optional.of(odd);
  }

  /** The answer to the next refund is lost. */
  synchronized void losesAnAnswer() {
    losing = true;
  }

  /** Nothing gets there. */
  synchronized void isDown(Boolean now) {
    down = now;
  }

  /** What was asked for is not found yet. */
  synchronized void isSearching(Boolean now) {
    searching = now;
  }

  /** What was asked for arrives after all. */
  synchronized void authorizes(StepKey key, Money amount) {
    does(key, made(ProviderTransaction.Kind.AUTHORIZATION, key, amount, Optional.empty()));
  }

  /** Does not say what became of payments. */
  synchronized void isSilent(Boolean now) {
    silent = now;
  }

  /** Happens while the next refund is under way, before it is made. */
  synchronized void meanwhile(Runnable event) {
    before = event;
  }

  synchronized String reference(StepKey key) {
    return done.get(key).reference();
  }

  synchronized List<ProviderTransaction> refunds() {
    return done.values().stream()
        .filter(made -> made.kind() == ProviderTransaction.Kind.REFUND)
        .toList();
  }

  /** Somebody gives money back in the dashboard. */
  synchronized String dashboardRefund(StepKey payment, String amount) {
    return moves(Kind.REFUND, payment, Money.parse(amount), reference(payment));
  }

  synchronized String fails(StepKey payment, String refund) {
    Money amount =
        moved.stream().filter(m -> m.reference().equals(refund)).findFirst().orElseThrow().amount();
    return moves(Kind.REFUND_FAILED, payment, amount, refund);
  }

  synchronized String objects(StepKey payment, String amount) {
    String reference = "dp_" + disputes.size() + "_" + payment.order();
    disputes.put(reference, dispute(reference, amount, DisputeState.OPEN));
    return reference;
  }

  synchronized String chargesBack(StepKey payment, String amount) {
    return moves(Kind.CHARGEBACK, payment, Money.parse(amount), reference(payment));
  }

  synchronized String returns(StepKey payment, String amount) {
    return moves(Kind.CHARGEBACK_REVERSED, payment, Money.parse(amount), reference(payment));
  }

  synchronized void decides(String dispute, DisputeState verdict) {
    disputes.computeIfPresent(
        dispute, (reference, was) -> dispute(reference, was.amount().toString(), verdict));
  }

  private static Dispute dispute(String reference, String amount, DisputeState state) {
    return new Dispute(
        reference,
        Money.parse(amount),
        state,
        Optional.of(new Reason("fraudulent", "The customer does not know the payment.")),
        Optional.of(DUE),
        Optional.of(OPENED));
  }

  /** As it is told, also where it is nonsense. */
  synchronized void tells(Movement movement) {
    told.add(movement);
  }

  private String moves(Kind kind, StepKey payment, Money amount, String of) {
    String reference = kind.name().toLowerCase() + "_" + moved.size() + "_" + payment.order();
    moved.add(new Movement(kind, reference, amount, of, Optional.empty()));
    return reference;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Abilities abilities() {
    return new Abilities(
        Optional.of(Duration.ofDays(1)),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Abilities.Steps.AUTHORIZE_AND_CAPTURE,
        Abilities.Fence.NONE,
        Abilities.Customer.ABSENT,
        Optional.empty());
  }

  @Override
  public CallLimits limits() {
    return new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(20), 8);
  }

  private Answer does(StepKey key, ProviderTransaction made) {
    return Answer.succeeded(done.computeIfAbsent(key, same -> made));
  }

  private static ProviderTransaction made(
      ProviderTransaction.Kind kind, StepKey key, Money amount, Optional<String> parent) {
    String name = kind.name().toLowerCase() + "_" + key.toString().replace('/', '_');
    return new ProviderTransaction(kind, name, amount, key.order().value(), parent);
  }

  @Override
  public synchronized Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    calls.add(CallKind.AUTHORIZE);
    if (down) {
      return Answer.notExecuted(new Reason(UNREACHABLE, "Nothing gets there."));
    }
    return does(
        key,
        made(ProviderTransaction.Kind.AUTHORIZATION, key, purchase.amount(), Optional.empty()));
  }

  @Override
  public synchronized Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    calls.add(CallKind.CHARGE);
    Money amount = instead.orElse(purchase.amount());
    return does(key, made(ProviderTransaction.Kind.CHARGE, key, amount, Optional.empty()));
  }

  @Override
  public synchronized Answer capture(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    calls.add(CallKind.CAPTURE);
    Money amount = instead.orElse(authorization.amount());
    return does(
        key,
        made(
            ProviderTransaction.Kind.CAPTURE, key, amount, Optional.of(authorization.reference())));
  }

  @Override
  public synchronized Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    calls.add(CallKind.VOID);
    boolean captured =
        done.values().stream()
            .anyMatch(made -> made.parent().equals(Optional.of(authorization.reference())));
    return captured
        ? Answer.declined(new Reason("already_captured", "It is captured."))
        : does(
            key,
            made(
                ProviderTransaction.Kind.VOID,
                key,
                authorization.amount(),
                Optional.of(authorization.reference())));
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    Runnable event = before;
    before = () -> {};
    event.run();
    return refund(key, payment, amount);
  }

  private synchronized Answer refund(StepKey key, ProviderTransaction payment, Money amount) {
    calls.add(CallKind.REFUND);
    if (down) {
      return Answer.notExecuted(new Reason(UNREACHABLE, "Nothing gets there."));
    }
    if (!done.containsKey(key)) {
      if (amount.isGreaterThan(left(payment))) {
        return Answer.declined(new Reason("too_much", "It is more than is left."));
      }
      ProviderTransaction refund =
          made(ProviderTransaction.Kind.REFUND, key, amount, Optional.of(payment.reference()));
      done.put(key, refund);
      moved.add(
          new Movement(
              Kind.REFUND, refund.reference(), amount, payment.reference(), Optional.empty()));
    }
    boolean lost = losing;
    losing = false;
    return lost
        ? Answer.unknown(new Reason("LOST", "The answer is lost."))
        : Answer.succeeded(done.get(key));
  }

  private Money left(ProviderTransaction payment) {
    Money taken =
        done.values().stream()
            .filter(made -> made.reference().equals(payment.reference()))
            .findFirst()
            .orElseThrow()
            .amount();
    return moved.stream()
        .filter(movement -> movement.amount().isSameCurrency(taken))
        .map(
            movement ->
                switch (movement.kind()) {
                  case REFUND, CHARGEBACK -> movement.amount().negated();
                  case REFUND_FAILED, CHARGEBACK_REVERSED -> movement.amount();
                })
        .reduce(taken, Money::plus);
  }

  @Override
  public synchronized Answer find(StepKey key, CallBudget budget) {
    calls.add(CallKind.FIND);
    return searching
        ? Answer.unknown(new Reason("NOT_FOUND_YET", "It may be there."))
        : found(Optional.ofNullable(done.get(key)));
  }

  @Override
  public synchronized Answer fetch(String reference, CallBudget budget) {
    calls.add(CallKind.FETCH);
    return found(
        done.values().stream()
            .filter(made -> made.reference().equals(reference))
            .findFirst()
            .or(() -> byHand(reference)));
  }

  private Optional<ProviderTransaction> byHand(String reference) {
    ProviderTransaction payment = done.values().iterator().next();
    return moved.stream()
        .filter(movement -> movement.reference().equals(reference))
        .findFirst()
        .map(
            movement ->
                new ProviderTransaction(
                    ProviderTransaction.Kind.REFUND,
                    reference,
                    movement.amount(),
                    payment.merchantReference(),
                    Optional.of(movement.of())));
  }

  private static Answer found(Optional<ProviderTransaction> made) {
    return made.map(Answer::succeeded)
        .orElseGet(() -> Answer.notExecuted(new Reason("NOT_FOUND", "There is none.")));
  }

  @Override
  public synchronized Movements movements(ProviderTransaction payment, CallBudget budget) {
    calls.add(CallKind.MOVEMENTS);
    return silent
        ? new Movements.Unanswered(new Reason("NO_ANSWER", "The bank is silent."))
        : new Movements.Reported(
            Stream.concat(moved.stream().filter(m -> isOf(m, payment)), told.stream()).toList(),
            List.copyOf(disputes.values()));
  }

  private boolean isOf(Movement movement, ProviderTransaction payment) {
    return movement.kind() == Kind.REFUND_FAILED
        ? moved.stream()
            .anyMatch(made -> made.reference().equals(movement.of()) && isOf(made, payment))
        : movement.of().equals(payment.reference());
  }
}
