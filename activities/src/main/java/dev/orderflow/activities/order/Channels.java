package dev.orderflow.activities.order;

/** What accepting an order needs to know of the payment channels. */
public interface Channels {

  /** The channel of an order that names none. */
  String preferred();

  /** Whether an order can be paid by this channel. */
  boolean offers(String channel);
}
