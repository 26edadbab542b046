package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/** What accepting an order needs to know of the payment channels. */
public interface Channels {

  /** The channel of an order that names none. */
  String preferred();

  /** Every channel that the configuration sends orders to. */
  Set<String> named();

  /** Whether there is such a channel. */
  boolean offers(String channel);

  /** Whether an amount can be set aside there, and taken later. */
  boolean canHold(String channel);

  /** For how long it stays aside, at least; empty where that is longer than any order waits. */
  Optional<Duration> authorizationLasts(String channel);

  /** By which channels an order is paid, as things stand now. */
  Route route(Wish wish);

  /**
   * What the choice rests on.
   *
   * @param payer what the order says of who pays, and how
   */
  record Wish(OrderId order, Payer payer, Money total, Stages stages) {}

  /**
   * Who pays, and how, as far as the order says it.
   *
   * @param channel which the customer names; then no other is taken
   * @param method the shop's word for the means of payment
   * @param country ISO 3166-1 alpha-2
   */
  record Payer(Optional<String> channel, Optional<String> method, Optional<String> country) {}

  /** How the order is paid. */
  enum Stages {
    /** At once. */
    ONE,
    /** The amount is held first, and taken later. */
    TWO
  }

  /** The choice. */
  sealed interface Route {}

  /**
   * There is a way.
   *
   * @param channels one or more, in the order they are tried
   */
  record Chosen(List<String> channels) implements Route {}

  /** There is none. */
  record NoRoute(Reason why) implements Route {}

  /** How the customer is waited for; empty where the channel answers at once. */
  Optional<PaymentWait> waiting(String channel);
}
