package dev.orderflow.activities.order;

import dev.orderflow.workflows.payment.PaymentWait;
import java.util.Optional;

/** What accepting an order needs to know of the payment channels. */
public interface Channels {

  /** The channel of an order that names none. */
  String preferred();

  /** Whether an order can be paid by this channel. */
  boolean offers(String channel);

  /** Whether an amount can be set aside there, and taken later. */
  boolean canHold(String channel);

  /** How the customer is waited for; empty where the channel answers at once. */
  Optional<PaymentWait> waiting(String channel);
}
