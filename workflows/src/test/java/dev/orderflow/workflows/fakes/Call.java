package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.saga.Step;

/** An activity of a room, by the name its history shows. */
public enum Call {
  ACCEPT("Order.Accept"),
  BEGIN_UNDO("Order.BeginUndo"),
  OPEN_REVIEW("Order.OpenReview"),
  CLOSE_REVIEW("Order.CloseReview"),
  ACCEPT_AS_DONE("Order.AcceptAsDone"),
  REVIVE("Payment.Revive"),
  END("Order.End"),
  COUPON_HOLD("Coupon.Hold"),
  COUPON_RELEASE("Coupon.Release"),
  COUPON_REDEEM("Coupon.Redeem"),
  RESERVE("Inventory.Reserve"),
  RELEASE("Inventory.Release"),
  COMMIT("Inventory.Commit"),
  RESTOCK("Inventory.Restock"),
  AUTHORIZE("Payment.Authorize"),
  VOID("Payment.VoidAuthorization"),
  CAPTURE("Payment.Capture"),
  CHARGE("Payment.Charge"),
  REFUND("Payment.Refund"),
  DECIDE_REFUND("Payment.DecideRefund"),
  QUERY("Payment.Query"),
  CLOSE("Payment.Close"),
  OBSERVE("Payment.Observe"),
  BALANCE("Payment.Balance"),
  GIVE_UP("Payment.GiveUp"),
  RETURN_NOTICE("Notification.Send"),
  VERIFY("Payment.Verify"),
  GRANT("Reward.Grant"),
  REVOKE("Reward.Revoke"),
  CONFIRM("Notification.Send"),
  CORRECT("Notification.Send"),
  REFUND_NOTICE("Notification.Send");

  private final String type;

  Call(String type) {
    this.type = type;
  }

  /** The activity's type. */
  public String type() {
    return type;
  }

  /** The call that does a step. */
  public static Call of(Step step) {
    return valueOf(step.name());
  }
}
