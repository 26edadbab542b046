package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.Recollection;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** The order's own record. Each method is one transaction that locks the order's row first. */
public final class OrderActivitiesImpl implements OrderActivities {

  /** What changes nothing outside our own tables. */
  private static final Set<Step> OURS =
      EnumSet.of(
          Step.COUPON_HOLD,
          Step.COUPON_RELEASE,
          Step.RESERVE,
          Step.RELEASE,
          Step.COMMIT,
          Step.RESTOCK,
          Step.COUPON_REDEEM,
          Step.GRANT,
          Step.REVOKE);

  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final OrderReviews reviews;
  private final Acceptances acceptances;
  private final TakingBack takingBack;
  private final Set<Handover> handovers;

  @Inject
  OrderActivitiesImpl(
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      OrderReviews reviews,
      Acceptances acceptances,
      TakingBack takingBack,
      Set<Handover> handovers) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.reviews = reviews;
    this.acceptances = acceptances;
    this.takingBack = takingBack;
    this.handovers = handovers;
  }

  /** Idempotent by the unique client key. */
  @Override
  public Acceptance accept(OrderInput input) {
    return acceptances.accept(input);
  }

  /** Reads only. */
  @Override
  public Recollection recall(OrderId orderId) {
    return acceptances.recall(orderId);
  }

  /** Idempotent while the wait stands undecided; under the order's lock only one is opened. */
  @Override
  public int openReview(ReviewRequest request) {
    return transactions.in(
        tx -> {
          StoredOrder order = orders.lock(tx, request.orderId());
          if (order.ending().isEmpty() || request.status() == OrderStatus.IN_REVIEW) {
            orders.stands(tx, order.id(), request.status());
          }
          return reviews.open(tx, request).orElseGet(() -> reviews.insert(tx, request));
        });
  }

  /** Idempotent: a wait is decided once. */
  @Override
  public void closeReview(OrderId orderId, ReviewDecision decision) {
    inLock(
        orderId,
        (tx, order) -> {
          reviews.keep(tx, orderId, decision);
          if (reviews.decide(tx, orderId, decision)) {
            orders.stands(tx, orderId, resumed(order));
          }
        });
  }

  private static OrderStatus resumed(StoredOrder order) {
    OrderStatus standing = order.standing();
    return standing.isWaitingForReview() ? OrderStatus.PLACED : standing;
  }

  /** Idempotent: the first ending stays, and tombstones are written where there is no row. */
  @Override
  public UndoPlan beginUndo(UndoRequest request) {
    return takingBack.begin(request);
  }

  /** Idempotent by key. */
  @Override
  public Outcome acceptAsDone(StepKey key) {
    if (!OURS.contains(key.step())) {
      throw notPossible(key + " is not ours alone; the other side is asked instead");
    }
    return transactions.in(
        tx -> {
          StoredOrder order = orders.lock(tx, key.order());
          if (key.step() == Step.COMMIT
              && order.completedAt().isEmpty()
              && order.objection().isPresent()) {
            return Outcome.declined(order.objection().get());
          }
          Outcome outcome = ledger.acceptAsDone(tx, key, Outcome.succeeded(), undone(tx, key));
          if (key.step() == Step.COMMIT) {
            handovers.forEach(handover -> handover.handedOver(tx, key.order()));
            orders.complete(tx, key.order());
          }
          return outcome;
        });
  }

  /** The effect that the key is the undo of, where it is not begun yet. */
  private Optional<StepKey> undone(Handle tx, StepKey key) {
    return new UndoList(key.order(), ledger.effects(tx, key.order()))
        .undos().stream()
            .filter(undo -> undo.key().equals(key))
            .map(UndoPlan.Undo::forward)
            .findFirst();
  }

  /** Idempotent: the ending that {@link #beginUndo} decided is written once. */
  @Override
  public void end(Ending ending) {
    inLock(
        ending.orderId(),
        (tx, order) -> {
          if (order.ending().isEmpty() && order.revival().isEmpty()) {
            throw notPossible(order.id() + " is not being taken back");
          }
          // The ending of an earlier generation is not that of an order that goes on.
          if (order.revival().isEmpty() || order.ending().equals(Optional.of(ending.status()))) {
            orders.end(tx, order.id());
          }
        });
  }

  private void inLock(OrderId id, BiConsumer<Handle, StoredOrder> change) {
    transactions.in(
        tx -> {
          change.accept(tx, orders.lock(tx, id));
          return id;
        });
  }

  private static ApplicationFailure notPossible(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, OrderWorkflow.NOT_POSSIBLE);
  }
}
