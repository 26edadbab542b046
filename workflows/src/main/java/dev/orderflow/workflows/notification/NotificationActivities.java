package dev.orderflow.workflows.notification;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.activity.ActivityInterface;

/**
 * What tells the customer. One message per (order, event, occurrence, channel, recipient), by a
 * unique row written before the mail server is called; a repeat carries the same Message-ID.
 */
@ActivityInterface(namePrefix = "Notification.")
public interface NotificationActivities {

  /**
   * Sends the message, or returns what became of it. The text is made from the ledger, never from
   * the caller. {@code DECLINED} when the mail server refuses the recipient for good; {@code
   * UNKNOWN}, thrown and retried with the same Message-ID, when it may have taken the mail.
   */
  Outcome send(Message message);

  /** A message to send. */
  record Message(StepKey key, Event event) {}

  /** What there is to tell. */
  enum Event {
    /** The order is paid and handed over. */
    ORDER_CONFIRMED,
    /** The confirmation no longer holds: the order was taken back and refunded. */
    ORDER_REFUNDED,
    /** Money came late, or a second time, and was given back. */
    PAYMENT_RETURNED,
    /** Money was given back for an order that stands otherwise. */
    PARTIALLY_REFUNDED
  }
}
