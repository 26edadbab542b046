package dev.orderflow.workflows.order;

import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Ladder;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import dev.orderflow.workflows.saga.Steps.Call;
import io.temporal.workflow.Promise;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The table of an order's effects: each do, and beside it its undo. How it is paid, {@link
 * PaymentSteps} says.
 */
final class OrderSteps {

  /** What is done anew when an order is revived; other steps go on counting their keys. */
  private static final Set<Step> OF_A_GENERATION =
      EnumSet.of(
          Step.COUPON_HOLD,
          Step.RESERVE,
          Step.COMMIT,
          Step.COUPON_REDEEM,
          Step.GRANT,
          Step.CONFIRM);

  private final Steps steps;
  private final OrderId orderId;
  private final BooleanSupplier interrupted;
  private int generation = 1;

  /**
   * @param interrupted tells that the order is to be cancelled: a do that is in trouble is given up
   */
  OrderSteps(Steps steps, OrderId orderId, BooleanSupplier interrupted) {
    this.steps = steps;
    this.orderId = orderId;
    this.interrupted = interrupted;
  }

  Outcome holdCoupon(OrderPlan plan) {
    var hold =
        new CouponActivities.Hold(
            key(Step.COUPON_HOLD), plan.coupon().orElseThrow(), plan.customer());
    return steps.run(coupon("hold the coupon"), coupon -> coupon.hold(hold), interrupted);
  }

  private Outcome releaseCoupon(UndoPlan.Undo undo) {
    var release = new CouponActivities.Release(undo.key(), undo.forward());
    return steps.run(coupon("release the coupon"), coupon -> coupon.release(release));
  }

  Outcome reserve(OrderPlan plan) {
    List<InventoryActivities.Line> lines =
        plan.lines().stream()
            .filter(line -> line.kind() == LineKind.ARTICLE)
            .map(
                line ->
                    new InventoryActivities.Line(line.number(), line.article(), line.quantity()))
            .toList();
    var reservation = new InventoryActivities.Reservation(key(Step.RESERVE), lines);
    return steps.run(
        inventory("reserve stock"), inventory -> inventory.reserve(reservation), interrupted);
  }

  private Outcome release(UndoPlan.Undo undo) {
    var request = new InventoryActivities.Return(undo.key(), undo.forward());
    return steps.run(inventory("release stock"), inventory -> inventory.release(request));
  }

  private Outcome voidAuthorization(UndoPlan.Undo undo) {
    return steps.run(
        payment(Ladder.REVERSAL, "void the authorization"),
        provider -> provider.voidAuthorization(reversal(undo)));
  }

  Outcome capture(OrderPlan plan, StepKey authorization) {
    var capture = new PaymentActivities.Capture(key(Step.CAPTURE), authorization);
    return steps.run(
        payment(Ladder.PAYMENT, "capture " + plan.total()),
        provider -> provider.capture(capture),
        interrupted);
  }

  private Outcome refund(UndoPlan.Undo undo) {
    return steps.run(
        payment(Ladder.REVERSAL, "refund"), provider -> provider.refund(reversal(undo)));
  }

  /**
   * Asks the providers about every payment; what must be given back, and what came of all.
   *
   * @throws Steps.Interrupted when it was given up, because the order is to be cancelled
   */
  Observation observe() {
    return steps.run(
        payment(Ladder.REVERSAL, "look for late money"),
        provider -> provider.observe(orderId),
        interrupted);
  }

  /**
   * As {@link #observe}, for what it writes down: before the goods leave. Tried no longer than a
   * payment is.
   */
  Observation look() {
    return steps.run(
        payment(Ladder.PAYMENT, "look at the payment"),
        provider -> provider.observe(orderId),
        interrupted);
  }

  /** Leaves an effect as it is that a person had to decide about. */
  void giveUp(UndoPlan.Undo undo) {
    steps.run(
        payment(Ladder.LEDGER, "leave it as it is"),
        payment -> {
          payment.giveUp(undo);
          return Outcome.succeeded();
        });
  }

  /** Asks whether the order goes on with the money that came late. */
  RevivalDecision revive() {
    return steps.run(
        payment(Ladder.LEDGER, "decide about late money"), payment -> payment.revive(orderId));
  }

  Outcome commit(StepKey key) {
    return steps.run(inventory("commit stock"), inventory -> inventory.commit(key));
  }

  private Outcome restock(UndoPlan.Undo undo) {
    var request = new InventoryActivities.Return(undo.key(), undo.forward());
    return steps.run(inventory("restock"), inventory -> inventory.restock(request));
  }

  Promise<Outcome> redeemCoupon() {
    StepKey key = key(Step.COUPON_REDEEM);
    return steps.start(coupon("redeem the coupon"), coupon -> coupon.redeem(key));
  }

  Promise<Outcome> grantReward(OrderPlan plan) {
    var grant =
        new RewardActivities.Grant(key(Step.GRANT), plan.reward().orElseThrow(), plan.customer());
    return steps.start(reward("grant the reward"), reward -> reward.grant(grant));
  }

  private Outcome revokeReward(UndoPlan.Undo undo) {
    var revocation = new RewardActivities.Revocation(undo.key(), undo.forward());
    return steps.run(reward("revoke the reward"), reward -> reward.revoke(revocation));
  }

  Promise<Outcome> confirm() {
    return tell(key(Step.CONFIRM), Event.ORDER_CONFIRMED);
  }

  /** The undo of a confirmation: nothing is unsent, a correction follows. */
  Promise<Outcome> correct() {
    return tell(key(Step.CORRECT), Event.ORDER_REFUNDED);
  }

  /** That money was given back which came late, or twice. */
  Promise<Outcome> tellReturned(StepKey notice) {
    return tell(notice, Event.PAYMENT_RETURNED);
  }

  private Promise<Outcome> tell(StepKey key, Event event) {
    var message = new NotificationActivities.Message(key, event);
    return steps.start(
        new Call<>(NotificationActivities.class, Ladder.MESSAGE, "mail " + event),
        notification -> notification.send(message));
  }

  /** Takes one effect back. */
  Outcome undo(UndoPlan.Undo undo) {
    return switch (undo.key().step()) {
      case COUPON_RELEASE -> releaseCoupon(undo);
      case RELEASE -> release(undo);
      case VOID -> voidAuthorization(undo);
      case REFUND -> refund(undo);
      case RESTOCK -> restock(undo);
      case REVOKE -> revokeReward(undo);
      default -> throw new IllegalArgumentException(undo.key() + " is not an undo");
    };
  }

  /**
   * Asks the provider whether {@code reference} is the undo that an operator says it is.
   *
   * @throws Steps.Interrupted when the question was given up, because {@code overtaken} came true
   */
  Outcome verify(UndoPlan.Undo undo, String reference, BooleanSupplier overtaken) {
    var verification = new PaymentActivities.Verification(undo.key(), undo.forward(), reference);
    return steps.run(
        payment(Ladder.PAYMENT, "verify " + reference),
        provider -> provider.verify(verification),
        overtaken);
  }

  /** The order was revived: what each generation does is done under the keys of this one. */
  void revived(Revival revival) {
    generation = revival.generation();
  }

  StepKey key(Step step) {
    return new StepKey(orderId, step, OF_A_GENERATION.contains(step) ? generation : 1);
  }

  private static PaymentActivities.Reversal reversal(UndoPlan.Undo undo) {
    return new PaymentActivities.Reversal(undo.key(), undo.forward());
  }

  private static Call<CouponActivities> coupon(String summary) {
    return new Call<>(CouponActivities.class, Ladder.LEDGER, summary);
  }

  private static Call<InventoryActivities> inventory(String summary) {
    return new Call<>(InventoryActivities.class, Ladder.LEDGER, summary);
  }

  private static Call<PaymentActivities> payment(Ladder ladder, String summary) {
    return new Call<>(PaymentActivities.class, ladder, summary);
  }

  private static Call<RewardActivities> reward(String summary) {
    return new Call<>(RewardActivities.class, Ladder.LEDGER, summary);
  }
}
