package dev.orderflow.activities.coupon;

import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;

/** Gives back the coupon uses of orders that were not paid in time. */
final class CouponUseSweep implements ExpirySweep {

  private final Transactions transactions;
  private final CouponUses uses;

  @Inject
  CouponUseSweep(Transactions transactions, CouponUses uses) {
    this.transactions = transactions;
    this.uses = uses;
  }

  @Override
  public String name() {
    return "coupon uses";
  }

  @Override
  public int sweep() {
    return transactions.in(tx -> uses.expire(tx, BATCH));
  }
}
