package dev.orderflow.activities.timeline;

import java.util.Locale;

/** Who kept an order from going on; where several did, the first of these. */
public enum WaitedFor {
  /** A person of the shop, by a review. */
  OPERATOR,
  /** The customer, who has to pay, or to choose another way to. */
  CUSTOMER,
  /** Somebody outside: the payment provider, or the mail server. */
  PROVIDER,
  /** Our own workers and database. */
  US,
  /** Nobody: the order was completed, and nothing more was asked for yet. */
  AT_REST;

  /** For people. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
