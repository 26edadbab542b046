package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * One order in the ledger: its row, its operations by key, its reviews. Every method is one
 * transaction.
 */
final class FakeOrder {

  private record Wait(int version, Step step, Optional<ReviewDecision> decision) {}

  final Books books;
  private boolean lateMoneyGone;
  private final FakeRefunds refunds = new FakeRefunds(this);
  private final OrderDocument document;
  private final OrderPlan plan;
  private final Map<StepKey, Row> rows = new LinkedHashMap<>();
  private final Set<StepKey> landed = new HashSet<>();
  private final Map<StepKey, Object> payloads = new HashMap<>();
  private final Wallet wallet = new Wallet();
  private final FakeCases cases = new FakeCases();
  private final List<Wait> waits = new ArrayList<>();
  private OrderStatus status = OrderStatus.PLACED;
  private Optional<Reason> reason = Optional.empty();
  private Optional<OrderStatus> ending = Optional.empty();
  private boolean completed;
  private boolean disputed;
  private boolean tellsSteps;
  private boolean tellsBalance;
  private boolean chargedBack;
  private boolean cancelled;
  private int generation = 1;
  private Optional<StepKey> paidBy = Optional.empty();
  private Optional<Reason> notRevived = Optional.empty();
  private final Map<StepKey, StepKey> undone = new HashMap<>();

  FakeOrder(OrderDocument document, OrderPlan plan) {
    this.document = document;
    this.plan = plan;
    books = new Books(plan.total());
  }

  synchronized OrderStatus status() {
    return status;
  }

  boolean isFor(OrderDocument placed) {
    return document.equals(placed);
  }

  synchronized void reject(Reason why) {
    status = OrderStatus.REJECTED;
    reason = Optional.of(why);
  }

  synchronized Acceptance acceptance(Optional<OrderDocument> placed) {
    boolean undoing = ending.isPresent() && !status.isEnded();
    return new Acceptance(
        undoing ? OrderStatus.COMPENSATING : status,
        reason,
        status == OrderStatus.REJECTED && rows.isEmpty() ? Optional.empty() : Optional.of(plan),
        placed.isPresent() ? Optional.empty() : Optional.of(document),
        waits.stream()
            .flatMap(wait -> wait.decision().stream())
            .anyMatch(decision -> decision.choice() == Review.Choice.APPROVE),
        placed.isPresent() ? List.of() : steps(),
        paidBy.map(receipt -> new Revival(generation, receipt)),
        paidBy.flatMap(cases::paymentOf).or(this::lastAsked).flatMap(this::channelOf),
        told().filter(balance -> completed || status.isEnded()),
        Optional.empty());
  }

  private Optional<StepKey> lastAsked() {
    return payloads.keySet().stream().max(Comparator.comparing(StepKey::n));
  }

  private Optional<String> channelOf(StepKey payment) {
    return Optional.ofNullable((Payment) payloads.get(payment)).map(Payment::channel);
  }

  /** From now on it tells its steps, as the real one does; older histories know none. */
  synchronized void tellsSteps() {
    tellsSteps = true;
  }

  synchronized List<OrderView.StepView> steps() {
    return rows.values().stream()
        .filter(row -> tellsSteps && !row.isFenced())
        .flatMap(
            row ->
                row.outcome().stream()
                    .map(known -> new OrderView.StepView(row.key(), known, Instant.EPOCH)))
        .toList();
  }

  /** A key is for one payload. */
  synchronized void requireSame(StepKey key, Object payload) {
    if (!payloads.computeIfAbsent(key, first -> payload).equals(payload)) {
      throw ApplicationFailure.newNonRetryableFailure(
          key + " was used for something else", "KEY_REUSED");
    }
  }

  /** The wallet is asked for a payment, and says how it stands. */
  synchronized PaymentAnswer pay(StepKey key) {
    wallet.open(key);
    return standing(key);
  }

  private PaymentAnswer standing(StepKey key) {
    return new PaymentAnswer(wallet.standing(key), wallet.nextAction(key));
  }

  /** The customer does something at the wallet. */
  synchronized void customer(Consumer<Wallet> act) {
    act.accept(wallet);
  }

  synchronized Optional<StepKey> openPayment() {
    return wallet.open();
  }

  synchronized PaymentAnswer query(StepKey key) {
    PaymentAnswer answer = standing(rows.get(key), key);
    return channelOf(key).map(answer::by).orElse(answer);
  }

  private PaymentAnswer standing(Row row, StepKey key) {
    if (row == null) {
      return PaymentAnswer.of(Outcome.notExecuted(new Reason("NEVER_SENT", "it was never sent")));
    }
    requireNotUnderway(row);
    if (row.isFinal()) {
      return PaymentAnswer.of(row.outcome().orElseThrow());
    }
    if (!wallet.knows(key)) {
      Outcome found =
          landed.contains(key)
              ? Outcome.succeeded("at-" + key)
              : Outcome.notExecuted(new Reason("UNKNOWN_THERE", "the provider knows nothing"));
      row.became(found);
      return PaymentAnswer.of(found);
    }
    row.became(heard(key));
    return standing(key);
  }

  /** What came instead of the amount asked for is booked with the answer. */
  private Outcome heard(StepKey key) {
    Outcome standing = wallet.standing(key);
    standing
        .reason()
        .filter(why -> why.code().equals(Reason.AMOUNT_DIFFERS))
        .ifPresent(why -> receive(key, Optional.of(why)));
    return standing;
  }

  /** Books what the wallet took for a payment that was declined or closed, and the dispute. */
  synchronized Observation observe() {
    rows.values().stream()
        .filter(row -> row.isFenced() || row.declined())
        .map(Row::key)
        .filter(key -> wallet.knows(key))
        .filter(key -> wallet.standing(key).state() == Outcome.State.SUCCEEDED)
        .toList()
        .forEach(key -> receive(key, Optional.empty()));
    if (disputed && !chargedBack) {
      books.refunded = books.captured;
      chargedBack = true;
    }
    boolean more = chargedBack || !cases.isEmpty();
    return new Observation(heldOrReceived(), told().filter(balance -> more));
  }

  /** From now on it tells the balance along with its answers; older histories know none. */
  synchronized void tellsBalance() {
    tellsBalance = true;
  }

  private Optional<PaymentBalance> told() {
    return Optional.of(refunds.balance())
        .filter(balance -> tellsBalance && balance.captured().isPositive());
  }

  private void receive(StepKey payment, Optional<Reason> held) {
    cases
        .receive(payment, held, plan.total())
        .ifPresent(
            receipt ->
                rows.computeIfAbsent(receipt, Row::new)
                    .became(Outcome.succeeded("received-" + payment)));
  }

  private List<UndoPlan.Undo> heldOrReceived() {
    return cases.undos(this::wasRefused, this::wasDone).stream()
        .filter(undo -> ending.isPresent() || !isPaidBy(undo.forward()))
        .toList();
  }

  private boolean wasDone(StepKey key) {
    return Optional.ofNullable(rows.get(key)).filter(Row::succeeded).isPresent();
  }

  boolean isPaidBy(StepKey receipt) {
    return paidBy.equals(Optional.of(receipt));
  }

  /** The order goes on with the one late payment, as the interface promises. */
  synchronized RevivalDecision revive() {
    if (paidBy.isPresent() && ending.isEmpty()) {
      return RevivalDecision.revived(new Revival(generation, paidBy.get()));
    }
    if (heldOrReceived().isEmpty()) {
      return RevivalDecision.refused(new Reason("NOTHING_CAME", "nothing was paid late"));
    }
    notRevived = notRevived.or(this::whyNot);
    if (notRevived.isPresent()) {
      return RevivalDecision.refused(notRevived.get());
    }
    generation++;
    paidBy = heldOrReceived().stream().map(UndoPlan.Undo::forward).findFirst();
    status = OrderStatus.PLACED;
    reason = Optional.empty();
    ending = Optional.empty();
    books.revive();
    return RevivalDecision.revived(new Revival(generation, paidBy.orElseThrow()));
  }

  synchronized void doNotRevive(Reason why) {
    notRevived = Optional.of(why);
  }

  private Optional<Reason> whyNot() {
    boolean expired = reason.filter(why -> why.code().equals("PAYMENT_EXPIRED")).isPresent();
    List<UndoPlan.Undo> came = heldOrReceived();
    boolean alone =
        came.size() == 1
            && came.get(0).held().isEmpty()
            && came.get(0).forward().step() == Step.RECEIVE
            && !rows.containsKey(came.get(0).key());
    return status == OrderStatus.DECLINED && expired && alone && !cancelled
        ? Optional.empty()
        : Optional.of(new Reason("NOT_REVIVED", "it stays " + status));
  }

  /** What it would give back is kept. */
  synchronized void giveUp(UndoPlan.Undo undo) {
    if (cases.isReceipt(undo.key())) {
      books.kept++;
    }
    cases.giveUp(undo.key());
  }

  /** What came late the customer's bank has taken back: a refund finds nothing left. */
  synchronized void lateMoneyIsGone() {
    lateMoneyGone = true;
  }

  synchronized boolean isLateMoneyGone() {
    return lateMoneyGone;
  }

  synchronized boolean isReceipt(StepKey undo) {
    return cases.isReceipt(undo);
  }

  /** How much an undo gives back that a person had to decide about. */
  synchronized Optional<Money> caseOf(StepKey undo) {
    return cases.amount(undo);
  }

  /** The customer's bank takes the money back, and the provider knows. */
  synchronized void disputed() {
    disputed = true;
  }

  /** Why the goods are not handed over, as far as was observed. */
  synchronized Optional<Reason> dispute() {
    return chargedBack
        ? Optional.of(new Reason(Reason.DISPUTED, "the customer disputes the payment"))
        : Optional.empty();
  }

  /** A refund that was made at somebody's wish has come back. */
  synchronized void refundFailed(StepKey refund) {
    Money amount = refunds.amount(refund);
    books.refunded = books.refunded.minus(amount);
    books.wished = books.wished.minus(amount);
    cases.refundFailed(refund.order(), amount);
  }

  synchronized Outcome close(StepKey key) {
    Row row = rows.computeIfAbsent(key, Row::new);
    requireNotUnderway(row);
    wallet.close(key);
    if (wallet.knows(key)) {
      row.became(heard(key));
    } else if (landed.contains(key)) {
      row.became(Outcome.succeeded("at-" + key));
    } else {
      row.became(Outcome.declined(new Reason(Reason.FENCED, "closed before it was sent")));
    }
    return row.outcome().orElseThrow();
  }

  private static void requireNotUnderway(Row row) {
    if (row.isUnderway()) {
      throw StepFailure.unsettled(
          row.key(), Outcome.pending(new Reason("AT_WORK", "another attempt")));
    }
  }

  /** An effect within our own database: it and its row are one transaction. */
  synchronized Outcome once(StepKey key, Supplier<Outcome> effect) {
    Row row = claimed(key);
    if (!row.isFinal()) {
      row.became(effect.get());
    }
    return row.outcome().orElseThrow();
  }

  /** Claims a call to someone outside; empty when it was claimed, else what is recorded. */
  synchronized Optional<Outcome> claim(StepKey key) {
    Row row = claimed(key);
    if (row.isFinal()) {
      return row.outcome();
    }
    if (row.isUnderway()) {
      throw StepFailure.unsettled(key, Outcome.pending(new Reason("AT_WORK", "another attempt")));
    }
    row.begins();
    return Optional.empty();
  }

  /** The provider's side of a call: it does one thing once per key. */
  synchronized void land(StepKey key, Consumer<Books> effect) {
    if (!landed.contains(key)) {
      effect.accept(books);
      landed.add(key);
    }
  }

  /** Asks the provider, for an undo: what could still be paid is closed. */
  synchronized boolean landed(StepKey key) {
    wallet.close(key);
    return wallet.knows(key)
        ? wallet.standing(key).state() == Outcome.State.SUCCEEDED
        : landed.contains(key);
  }

  synchronized Outcome settle(StepKey key, Outcome reported) {
    Row row = rows.get(key);
    row.became(reported);
    if (reported.state() == Outcome.State.PENDING && status == OrderStatus.PLACED) {
      status = OrderStatus.AWAITING_PAYMENT;
    }
    return row.outcome().orElseThrow();
  }

  /** What became of a forward call, for its undo: asks the provider where it is in doubt. */
  synchronized boolean wasDone(StepKey forward, Supplier<Boolean> question) {
    Row row = rows.computeIfAbsent(forward, Row::new);
    if (row.isUnderway()) {
      throw StepFailure.unsettled(forward, Outcome.pending(new Reason("AT_WORK", "under way")));
    }
    if (!row.isFinal() && question.get()) {
      row.became(Outcome.succeeded());
    }
    return row.succeeded();
  }

  private Row claimed(StepKey key) {
    Row row = rows.computeIfAbsent(key, Row::new);
    if (!row.isFinal() && ending.isPresent() && isForward(key.step())) {
      row.fence();
    }
    if (row.isFenced()) {
      throw StepFailure.never(key, new Reason(Reason.FENCED, "the order is being taken back"));
    }
    return row;
  }

  private static boolean isForward(Step step) {
    return step.undo().isPresent() || step == Step.COUPON_REDEEM || step == Step.CONFIRM;
  }

  synchronized void committed() {
    status = OrderStatus.COMPLETED;
    completed = true;
  }

  boolean isCompleted() {
    return completed && ending.isEmpty();
  }

  synchronized <R> R refunds(Function<FakeRefunds, R> transaction) {
    return transaction.apply(refunds);
  }

  boolean wasRefused(StepKey key) {
    return Optional.ofNullable(rows.get(key)).filter(Row::declined).isPresent();
  }

  StepKey freshKey(OrderId order, Step step) {
    long last =
        rows.keySet().stream()
            .filter(key -> key.step() == step)
            .mapToInt(StepKey::n)
            .max()
            .orElse(0);
    StepKey key = new StepKey(order, step, (int) last + 1);
    rows.put(key, new Row(key));
    return key;
  }

  synchronized int openReview(OrderStatus now, StepKey key) {
    status = status.isEnded() ? status : now;
    return waits.stream()
        .filter(wait -> wait.step() == key.step() && wait.decision().isEmpty())
        .findFirst()
        .orElseGet(
            () -> {
              waits.add(new Wait(waits.size() + 1, key.step(), Optional.empty()));
              return waits.get(waits.size() - 1);
            })
        .version();
  }

  synchronized void closeReview(ReviewDecision decision) {
    waits.replaceAll(
        wait ->
            wait.version() == decision.expectedVersion() && wait.decision().isEmpty()
                ? new Wait(wait.version(), wait.step(), Optional.of(decision))
                : wait);
    if (status.isWaitingForReview()) {
      status =
          ending.isPresent()
              ? OrderStatus.COMPENSATING
              : completed ? OrderStatus.COMPLETED : OrderStatus.PLACED;
    }
  }

  synchronized List<ReviewDecision> decisions() {
    return waits.stream().flatMap(wait -> wait.decision().stream()).toList();
  }

  synchronized UndoPlan beginUndo(UndoRequest request, Optional<Reason> policy) {
    cancelled |= request.decision().role() != Decision.Role.SYSTEM;
    if (status.isEnded() && status != OrderStatus.COMPLETED) {
      return undoPlan(Optional.empty(), status, reason.orElseThrow(), List.of());
    }
    boolean bySystem = request.decision().role() == Decision.Role.SYSTEM;
    if (ending.isEmpty() && bySystem && request.generation().orElse(1) < generation) {
      Reason revived = new Reason(Revival.REVIVED, "it was revived");
      return undoPlan(Optional.of(revived), request.ending(), revived, List.of());
    }
    if (ending.isEmpty()) {
      boolean completed = isCompleted();
      if (completed && policy.isPresent()) {
        return undoPlan(policy, request.ending(), request.reason(), List.of());
      }
      ending = Optional.of(ending(request.ending(), completed));
      reason = Optional.of(request.reason());
    }
    status = OrderStatus.COMPENSATING;
    return undoPlan(Optional.empty(), ending.get(), reason.orElseThrow(), undos());
  }

  private static OrderStatus ending(OrderStatus wished, boolean completed) {
    if (completed) {
      return OrderStatus.REFUNDED;
    }
    return wished == OrderStatus.REFUNDED ? OrderStatus.CANCELLED : wished;
  }

  private UndoPlan undoPlan(
      Optional<Reason> refusal, OrderStatus end, Reason why, List<UndoPlan.Undo> undos) {
    return new UndoPlan(
        refusal,
        end,
        why,
        Optional.of(plan),
        undos,
        completed ? steps() : List.of(),
        paidBy.map(cases::noticeOf),
        told());
  }

  private List<UndoPlan.Undo> undos() {
    List<Row> newestFirst = new ArrayList<>(rows.values());
    Collections.reverse(newestFirst);
    Stream<UndoPlan.Undo> held =
        heldOrReceived().stream()
            .filter(undo -> undo.forward().step() == Step.RECEIVE && undo.held().isPresent());
    return Stream.concat(
            held, newestFirst.stream().filter(Row::mayHaveHappened).flatMap(this::undoOf))
        .toList();
  }

  private Stream<UndoPlan.Undo> undoOf(Row forward) {
    Optional<Step> step = forward.key().step().undo();
    boolean taken = chargedBack && forward.key().step() == Step.CHARGE;
    if (isPaidBy(forward.key())) {
      return heldOrReceived().stream().filter(undo -> isPaidBy(undo.forward()));
    }
    if (step.isEmpty() || forward.key().step() == Step.RECEIVE || taken) {
      return Stream.empty();
    }
    Optional<Row> last =
        rows.values().stream()
            .filter(row -> row.key().step() == step.get() && !refunds.isWish(row.key()))
            .filter(row -> row.key().n() < 100)
            .filter(row -> undone.getOrDefault(row.key(), forward.key()).equals(forward.key()))
            .max(Comparator.comparing(row -> row.key().n()));
    if (last.isPresent() && last.get().succeeded()) {
      return Stream.empty();
    }
    long wishes =
        rows.keySet().stream()
            .filter(key -> key.step() == step.get() && key.n() < 100)
            .filter(key -> refunds.isWish(key) || undone.containsKey(key))
            .filter(key -> !forward.key().equals(undone.get(key)))
            .count();
    StepKey first = new StepKey(forward.key().order(), step.get(), (int) wishes + 1);
    StepKey key = last.map(row -> row.declined() ? row.key().next() : row.key()).orElse(first);
    undone.put(key, forward.key());
    return Stream.of(new UndoPlan.Undo(key, forward.key()));
  }

  /** What was done by other means; a declined key stays declined, and a fenced one fenced. */
  synchronized void done(StepKey key) {
    Row row = claimed(key);
    if (row.declined()) {
      done(key.next());
    } else {
      row.became(Outcome.succeeded());
    }
  }

  synchronized void end(OrderStatus now, Reason why) {
    if (!status.isEnded() && ending.equals(Optional.of(now))) {
      status = now;
      reason = Optional.of(why);
    }
  }
}
