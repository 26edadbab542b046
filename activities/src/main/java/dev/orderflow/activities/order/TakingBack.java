package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Effects;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.OrderReviews.Answer;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Decides that an order is taken back, and what there is to undo. */
@Singleton
class TakingBack {

  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final OrderReviews reviews;
  private final PaymentRecord payments;

  @Inject
  TakingBack(
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      OrderReviews reviews,
      PaymentRecord payments) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.reviews = reviews;
    this.payments = payments;
  }

  UndoPlan begin(UndoRequest request) {
    return transactions.in(tx -> begin(tx, request, orders.lock(tx, request.orderId())));
  }

  private UndoPlan begin(Handle tx, UndoRequest request, StoredOrder order) {
    if (isOfEarlierStory(request, order)) {
      Reason revived = new Reason(Revival.REVIVED, "it was revived, and goes on");
      return new UndoPlan(
          Optional.of(revived), OrderStatus.PLACED, revived, order.plan(), List.of());
    }
    Optional<Reason> refusal = refusal(tx, order);
    Answer answer = refusal.isPresent() ? Answer.REFUSED : Answer.TAKEN;
    reviews.keepWishToTakeBack(tx, order.id(), request.decision(), answer);
    if (refusal.isPresent()) {
      return new UndoPlan(
          refusal,
          OrderStatus.COMPLETED,
          refusal.get(),
          order.plan(),
          List.of(),
          shown(tx, order),
          Optional.empty(),
          payments.balance(tx, order.id()));
    }
    OrderStatus ending = order.ending().orElseGet(() -> ending(request.ending(), order));
    Reason reason = order.reason().orElse(request.reason());
    orders.takeBack(tx, order.id(), ending, reason);
    UndoList list = fenced(tx, order);
    List<UndoPlan.Undo> undos = list.undos();
    return new UndoPlan(
        Optional.empty(),
        ending,
        reason,
        order.plan(),
        undos,
        shown(tx, order),
        notice(order, list, undos),
        payments.balance(tx, order.id()));
  }

  /** An order's own workflow has seen its steps; what comes afterwards has not. */
  private List<OrderView.StepView> shown(Handle tx, StoredOrder order) {
    return order.completedAt().isPresent()
        ? Effects.shown(ledger.effects(tx, order.id()))
        : List.of();
  }

  /** Its run was dropped when it had decided that the order ends, and goes on after all. */
  private static boolean isOfEarlierStory(UndoRequest request, StoredOrder order) {
    return order.ending().isEmpty()
        && request.decision().role() == Decision.Role.SYSTEM
        && order
            .revival()
            .filter(revival -> revival.generation() > request.generation().orElse(1))
            .isPresent();
  }

  /** Numbered as the first refund of the money: the same, however often it is asked for. */
  private static Optional<StepKey> notice(
      StoredOrder order, UndoList list, List<UndoPlan.Undo> undos) {
    return order
        .revival()
        .map(Revival::paidBy)
        .flatMap(
            paidBy ->
                list.firstUndo(paidBy)
                    .or(
                        () ->
                            undos.stream()
                                .filter(undo -> undo.forward().equals(paidBy))
                                .map(UndoPlan.Undo::key)
                                .findFirst()))
        .map(refund -> new StepKey(order.id(), Step.RETURN_NOTICE, refund.n()));
  }

  /** Decided once: what was begun is carried out, however long that takes. */
  private Optional<Reason> refusal(Handle tx, StoredOrder order) {
    if (order.ending().isPresent()) {
      return Optional.empty();
    }
    return orders
        .refundWindowOver(tx, order.id())
        .map(
            until ->
                new Reason("REFUND_WINDOW_OVER", "the order could be taken back until " + until));
  }

  /** A completed order was more than cancelled, and one that was not has nothing to refund. */
  private static OrderStatus ending(OrderStatus wished, StoredOrder order) {
    if (order.completedAt().isPresent()) {
      return OrderStatus.REFUNDED;
    }
    return wished == OrderStatus.REFUNDED ? OrderStatus.CANCELLED : wished;
  }

  /** Fences until nothing is left open: what was just being committed is only then seen. */
  private UndoList fenced(Handle tx, StoredOrder order) {
    int generation = order.revival().map(Revival::generation).orElse(1);
    while (true) {
      UndoList list = new UndoList(order.id(), ledger.effects(tx, order.id()));
      List<StepKey> open = list.toFence(generation);
      if (open.isEmpty()) {
        return list;
      }
      ledger.fence(tx, open);
    }
  }
}
