package dev.orderflow.activities.coupon;

import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps the use of an order's coupon from lapsing once money is asked for. */
final class CouponUsePin implements Pin {

  private final CouponUses uses;

  @Inject
  CouponUsePin(CouponUses uses) {
    this.uses = uses;
  }

  @Override
  public Optional<Reason> pin(Handle tx, OrderId order) {
    Optional<CouponUses.State> use = uses.lock(tx, order);
    if (use.isEmpty() || use.get() == CouponUses.State.REDEEMED) {
      return Optional.empty();
    }
    if (use.get() == CouponUses.State.HELD) {
      uses.pin(tx, order);
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            "COUPON_HOLD_EXPIRED",
            "the time for which the coupon was held is over; place a new order"));
  }
}
