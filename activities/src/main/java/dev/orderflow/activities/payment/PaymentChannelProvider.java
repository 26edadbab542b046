package dev.orderflow.activities.payment;

/**
 * How a jar on the class path brings a payment channel: name an implementation with a public
 * constructor without arguments in {@code
 * META-INF/services/dev.orderflow.activities.payment.PaymentChannelProvider}. It is used where the
 * worker's configuration has a table {@code [payment.channels.NAME]} for it.
 *
 * @param <C> what the channel is told, read from that table as the worker's own tables are: a
 *     component {@code apiKey} is the key {@code api-key}; texts, numbers, durations, money, URIs,
 *     files, enums, lists, {@code Optional}s, further records, and {@link
 *     dev.orderflow.activities.ledger.Secret}s, which the file only points to. What is not written
 *     is null in the record's constructor, which puts the default in its place and refuses what
 *     can't be by an {@link IllegalArgumentException}
 */
public interface PaymentChannelProvider<C extends Record> {

  /** What tables choose it by: the table's own name, or its key {@code provider}. */
  String name();

  /** The record that the table is read into. */
  Class<C> configuration();

  /**
   * Makes the channel; opens connections only when they are needed.
   *
   * @param name which it must answer to; one provider may be behind several channels
   */
  PaymentChannel open(String name, C configuration);
}
