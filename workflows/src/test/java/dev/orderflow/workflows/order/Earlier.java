package dev.orderflow.workflows.order;

import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.fakes.FakeRooms;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;

/** What a run that nobody remembers has done for an order: only the ledger has it. */
final class Earlier {

  /** After so many steps of a rich basket it is paid. */
  static final int PAID = 4;

  /** After so many it is completed. */
  static final int COMMITTED = 5;

  /** All of them, the confirmation included. */
  static final int STEPS = 8;

  static final Reason REASON = new Reason("EARLIER", "decided in a run that nobody remembers");

  private final FakeRooms rooms;
  private final Basket basket;

  Earlier(Shop shop, Basket basket) {
    rooms = new FakeRooms(shop.ledger());
    this.basket = basket;
  }

  /** The first steps of a rich basket's story. */
  void forward(int steps) {
    List<Runnable> story =
        List.of(
            this::accept,
            this::holdCoupon,
            this::reserve,
            () -> rooms.charge(payment(Step.CHARGE)),
            () -> rooms.commit(key(Step.COMMIT)),
            () -> rooms.redeem(key(Step.COUPON_REDEEM)),
            () ->
                rooms.grant(
                    new RewardActivities.Grant(
                        key(Step.GRANT), "thanks", basket.plan().customer())),
            () ->
                rooms.send(
                    new NotificationActivities.Message(
                        key(Step.CONFIRM), NotificationActivities.Event.ORDER_CONFIRMED)));
    story.subList(0, steps).forEach(Runnable::run);
  }

  /** The undo is begun, and that much of it is done. */
  void takenBack(OrderStatus ending, int undone) {
    UndoPlan plan =
        rooms.beginUndo(
            new UndoRequest(basket.orderId(), ending, REASON, Decision.bySystem(REASON)));
    plan.undos().stream().limit(undone).forEach(this::undo);
  }

  /** Taken back to its ending. */
  void ended(OrderStatus ending) {
    takenBack(ending, STEPS);
    rooms.end(new OrderActivities.Ending(basket.orderId(), ending, REASON));
  }

  /** An order that waited for approval, was approved, captured and handed over. */
  void approvedAndCompleted() {
    approvedAndCaptured();
    rooms.commit(key(Step.COMMIT));
  }

  /** An order that waited for approval, was approved and captured. */
  void approvedAndCaptured() {
    accept();
    holdCoupon();
    reserve();
    rooms.authorize(payment(Step.AUTHORIZE));
    int version =
        rooms.openReview(
            new OrderActivities.ReviewRequest(
                basket.orderId(), OrderStatus.ON_HOLD, key(Step.CAPTURE), REASON));
    rooms.closeReview(
        basket.orderId(),
        new ReviewDecision(TestOrder.OPERATOR, version, Review.Choice.APPROVE, Optional.empty()));
    rooms.capture(new PaymentActivities.Capture(key(Step.CAPTURE), key(Step.AUTHORIZE)));
  }

  private void accept() {
    rooms.accept(OrderInput.place(basket.document()));
  }

  private void holdCoupon() {
    rooms.hold(
        new CouponActivities.Hold(key(Step.COUPON_HOLD), "SPRING", basket.plan().customer()));
  }

  private void reserve() {
    rooms.reserve(
        new InventoryActivities.Reservation(
            key(Step.RESERVE), List.of(new InventoryActivities.Line(1, "mug-blue", 1))));
  }

  private void undo(UndoPlan.Undo undo) {
    StepKey key = undo.key();
    StepKey forward = undo.forward();
    switch (key.step()) {
      case COUPON_RELEASE -> rooms.release(new CouponActivities.Release(key, forward));
      case RELEASE -> rooms.release(new InventoryActivities.Return(key, forward));
      case RESTOCK -> rooms.restock(new InventoryActivities.Return(key, forward));
      case REFUND -> rooms.refund(new PaymentActivities.Reversal(key, forward));
      case REVOKE -> rooms.revoke(new RewardActivities.Revocation(key, forward));
      default -> throw new IllegalArgumentException(key + " is not an undo");
    }
  }

  private PaymentActivities.Payment payment(Step step) {
    return new PaymentActivities.Payment(key(step), Basket.CHANNEL, "tok_approve", basket.total());
  }

  private StepKey key(Step step) {
    return StepKey.of(basket.orderId(), step);
  }
}
