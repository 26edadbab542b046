package dev.orderflow.workflows.reward;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Undoing;
import io.temporal.activity.ActivityInterface;

/** What thanks a customer. Idempotent by key, in one transaction with the operation row. */
@ActivityInterface(namePrefix = "Reward.")
public interface RewardActivities {

  /** Grants a coupon of the campaign to the customer; the outcome's reference is its code. */
  Outcome grant(Grant grant);

  /** Takes a granted coupon back. Succeeds where none was granted; one already used stays used. */
  Outcome revoke(Revocation revocation);

  /** A coupon to grant. */
  record Grant(StepKey key, String campaign, CustomerId customer) {}

  /** A grant to take back. */
  record Revocation(StepKey key, StepKey forward) implements Undoing {}
}
