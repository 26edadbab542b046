package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.List;
import java.util.Map;

/**
 * What was found, by looking at each place itself.
 *
 * @param movements the payment provider's log
 * @param mails the mail sink's log
 * @param stock the inventory's tables, by article
 * @param uses the coupon's tables: how often each code is held or redeemed now
 * @param rewards how many coupons each customer was granted and still has
 * @param ledger the status in the ledger
 * @param searchAttributes the status in Temporal's visibility
 */
record Evidence(
    List<Movement> movements,
    List<SandboxLogs.Mail> mails,
    Map<String, Stock> stock,
    Map<String, Uses> uses,
    Map<String, Integer> rewards,
    Map<OrderId, OrderStatus> ledger,
    Map<OrderId, OrderStatus> searchAttributes) {

  /** An article's stock. */
  record Stock(int onHand, int reserved) {
    @Override
    public String toString() {
      return onHand + " on hand, " + reserved + " reserved";
    }
  }

  /** A coupon's uses. */
  record Uses(int held, int redeemed) {
    static final Uses NONE = new Uses(0, 0);

    @Override
    public String toString() {
      return held + " held, " + redeemed + " redeemed";
    }
  }
}
