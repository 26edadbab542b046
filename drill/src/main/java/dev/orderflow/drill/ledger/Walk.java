package dev.orderflow.drill.ledger;

import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The steps of one order as its workflow asks for them, directly from the activities. */
final class Walk {

  private static final Reason TAKEN_BACK = new Reason("CUSTOMER_WISH", "as wished");

  private final Room room;
  private final OrderInput input;
  private final OrderId order;

  private Walk(Room room, OrderDocument document) {
    this.room = room;
    this.input = OrderInput.place(document);
    this.order = input.orderId();
  }

  /** A healthy order: one article, paid at once, handed over, confirmed. */
  static OrderId healthy(Room room, String key, long number) {
    Walk walk = of(room, key, List.of("article-" + number % Room.ARTICLES), Optional.empty());
    walk.complete(walk.accept());
    return walk.order;
  }

  static Walk of(Room room, String key, List<String> articles, Optional<String> coupon) {
    return paidBy(room, key, articles, coupon, "approved");
  }

  static Walk paidBy(
      Room room, String key, List<String> articles, Optional<String> coupon, String token) {
    List<OrderDocument.Line> lines =
        articles.stream()
            .map(article -> new OrderDocument.Line(article, 2, null, null, null, null))
            .toList();
    return new Walk(
        room,
        new OrderDocument(
            key,
            new CustomerId("customer-of-" + key),
            new OrderDocument.Recipient("Customer", key + "@example.com", Optional.empty()),
            CurrencyUnit.EUR,
            lines,
            coupon,
            new OrderDocument.Payment(Optional.of(Bank.NAME), token),
            Optional.empty()));
  }

  OrderId order() {
    return order;
  }

  OrderPlan accept() {
    return acceptance().plan().orElseThrow();
  }

  /** What the ledger says when it is placed, for the first time or again. */
  Acceptance acceptance() {
    return orders().accept(input);
  }

  /** Goods and coupon are held; whether there was enough. */
  boolean hold(OrderPlan plan) {
    plan.coupon()
        .ifPresent(
            code ->
                room.get(CouponActivities.class)
                    .hold(new CouponActivities.Hold(key(Step.COUPON_HOLD), code, plan.customer())));
    List<InventoryActivities.Line> lines =
        IntStream.range(0, plan.lines().size())
            .mapToObj(plan.lines()::get)
            .map(
                line ->
                    new InventoryActivities.Line(line.number(), line.article(), line.quantity()))
            .toList();
    Outcome reserved =
        inventory().reserve(new InventoryActivities.Reservation(key(Step.RESERVE), lines));
    return reserved.state() == Outcome.State.SUCCEEDED;
  }

  /** The money; whether it was paid. */
  boolean charge(OrderPlan plan) {
    var payment =
        new PaymentActivities.Payment(
            key(Step.CHARGE),
            plan.payment().channel(),
            input.document().orElseThrow().payment().token(),
            plan.total());
    return payments().charge(payment).outcome().state() == Outcome.State.SUCCEEDED;
  }

  void complete(OrderPlan plan) {
    if (!hold(plan) || !charge(plan)) {
      throw new IllegalStateException(order + " should have been paid");
    }
    inventory().commit(key(Step.COMMIT));
    plan.coupon()
        .ifPresent(code -> room.get(CouponActivities.class).redeem(key(Step.COUPON_REDEEM)));
    plan.reward()
        .ifPresent(
            campaign ->
                room.get(RewardActivities.class)
                    .grant(new RewardActivities.Grant(key(Step.GRANT), campaign, plan.customer())));
    tell(key(Step.CONFIRM), Event.ORDER_CONFIRMED);
  }

  /** Everything back, to that ending. */
  void takeBack(OrderStatus ending) {
    UndoPlan undone =
        orders()
            .beginUndo(new UndoRequest(order, ending, TAKEN_BACK, Decision.bySystem(TAKEN_BACK)));
    undone.undos().forEach(this::undo);
    if (ending == OrderStatus.REFUNDED) {
      tell(key(Step.CORRECT), Event.ORDER_REFUNDED);
    }
    orders().end(new OrderActivities.Ending(order, undone.ending(), undone.reason()));
  }

  private void undo(UndoPlan.Undo undo) {
    switch (undo.key().step()) {
      case COUPON_RELEASE ->
          room.get(CouponActivities.class)
              .release(new CouponActivities.Release(undo.key(), undo.forward()));
      case RELEASE ->
          inventory().release(new InventoryActivities.Return(undo.key(), undo.forward()));
      case RESTOCK ->
          inventory().restock(new InventoryActivities.Return(undo.key(), undo.forward()));
      case REVOKE ->
          room.get(RewardActivities.class)
              .revoke(new RewardActivities.Revocation(undo.key(), undo.forward()));
      case REFUND -> payments().refund(new PaymentActivities.Reversal(undo.key(), undo.forward()));
      default -> throw new IllegalStateException(undo.key() + " is nothing that was done");
    }
  }

  /** So much back, as an operator wishes it. */
  void refund(String money) {
    RefundRequest wish =
        new RefundRequest(
            "part",
            new RefundRequest.Amount(Money.parse(money)),
            new Decision("desk", Decision.Role.OPERATOR, "scratched"));
    RefundDecision decided = payments().decideRefund(new RefundWish(order, wish, Optional.empty()));
    payments().giveBack(decided.refund().orElseThrow().key());
  }

  /** Asks the bank what became of the payment. */
  void observe() {
    payments().observe(order);
  }

  /** Waits for an operator; which wait it is. */
  int review() {
    return orders()
        .openReview(
            new OrderActivities.ReviewRequest(
                order,
                OrderStatus.IN_REVIEW,
                key(Step.CHARGE),
                new Reason("UNCLEAR", "a person has to look")));
  }

  /** An operator lets it go on. */
  void decide(int review) {
    orders()
        .closeReview(
            order,
            new ReviewDecision(
                new Decision("desk", Decision.Role.OPERATOR, "looked at"),
                review,
                Review.Choice.RETRY,
                Optional.empty()));
  }

  private void tell(StepKey key, Event event) {
    room.get(NotificationActivities.class).send(new NotificationActivities.Message(key, event));
  }

  StepKey key(Step step) {
    return StepKey.of(order, step);
  }

  PaymentActivities payments() {
    return room.get(PaymentActivities.class);
  }

  private OrderActivities orders() {
    return room.get(OrderActivities.class);
  }

  private InventoryActivities inventory() {
    return room.get(InventoryActivities.class);
  }

  /** So many different articles, from that one. */
  static List<String> articles(int count) {
    return count == 0
        ? Collections.emptyList()
        : IntStream.range(0, count).mapToObj(i -> "article-" + i).toList();
  }
}
