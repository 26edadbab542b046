package dev.orderflow.activities.coupon;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Coupons in our own tables. Each method is idempotent: its row and its effect are one commit. */
public final class CouponActivitiesImpl implements CouponActivities {

  private final CouponConfig config;
  private final Ledger ledger;
  private final CouponStore coupons;
  private final CouponUses uses;

  @Inject
  CouponActivitiesImpl(CouponConfig config, Ledger ledger, CouponStore coupons, CouponUses uses) {
    this.config = config;
    this.ledger = ledger;
    this.coupons = coupons;
    this.uses = uses;
  }

  @Override
  public Outcome hold(Hold hold) {
    return ledger.once(
        hold.key(),
        hold,
        tx -> isHeld(tx, hold) ? Outcome.succeeded() : Outcome.declined(refusal(tx, hold)));
  }

  /** Of a further generation the order is paid, and its use was given back before. */
  private boolean isHeld(Handle tx, Hold hold) {
    return hold.key().n() > 1 ? uses.holdAgain(tx, hold) : uses.hold(tx, hold, config.holdFor());
  }

  private Reason refusal(Handle tx, Hold hold) {
    if (coupons.of(tx, hold.code(), hold.customer()) instanceof Discounts.None none) {
      return none.why();
    }
    return new Reason(
        "COUPON_USED_UP",
        "no use of coupon " + hold.code() + " is left; others may still give one back");
  }

  @Override
  public Outcome release(Release release) {
    return ledger.once(
        release.key(),
        release,
        tx -> {
          uses.release(tx, release.key().order());
          return Outcome.succeeded();
        });
  }

  @Override
  public Outcome redeem(StepKey key) {
    return ledger.once(key, key, tx -> redeem(tx, key.order()));
  }

  private Outcome redeem(Handle tx, OrderId order) {
    if (uses.redeem(tx, order)
        || uses.lock(tx, order).equals(Optional.of(CouponUses.State.REDEEMED))) {
      return Outcome.succeeded();
    }
    return Outcome.declined(
        new Reason("COUPON_USE_LOST", "the order's use of its coupon was not held any more"));
  }
}
