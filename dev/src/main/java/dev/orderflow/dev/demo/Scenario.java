package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/**
 * One order of the demo: what is bought, what is done about it meanwhile, and what must come of it.
 *
 * @param name also the order's client key, and whom its mail goes to
 * @param story what happens, in one sentence
 * @param script what is done once the order is placed; then its ending is awaited
 * @param endings how it may end
 * @param way how its steps are to be carried out
 * @param budget what it may cost; an order that has one is played alone
 */
record Scenario(
    String name,
    String story,
    Basket basket,
    List<Act> script,
    Set<OrderStatus> endings,
    Way way,
    Optional<Budget> budget) {

  /** How the steps are carried out. */
  enum Way {
    ANY,
    /** At least one step is tried again and again by a regular activity, as the Web UI shows. */
    DURABLE
  }

  Scenario {
    script = List.copyOf(script);
    endings = Set.copyOf(endings);
  }

  static Scenario named(String name) {
    return new Scenario(name, "", Basket.EMPTY, List.of(), Set.of(), Way.ANY, Optional.empty());
  }

  Scenario tells(String sentence) {
    return new Scenario(name, sentence, basket, script, endings, way, budget);
  }

  Scenario buys(int quantity, String article) {
    return with(basket.with(quantity, article));
  }

  Scenario redeems(String coupon) {
    return with(basket.withCoupon(coupon));
  }

  /** The words to the sandbox's provider, see {@code docs/sandbox.md}. */
  Scenario pays(String token) {
    return with(basket.paidWith(token));
  }

  /** The same by a wallet, which waits for its customer. */
  Scenario paysByWallet(String token) {
    return with(basket.paidBy("sandbox-wallet", token));
  }

  Scenario then(Act... acts) {
    return new Scenario(name, story, basket, List.of(acts), endings, way, budget);
  }

  Scenario ends(OrderStatus first, OrderStatus... others) {
    return new Scenario(name, story, basket, script, EnumSet.of(first, others), way, budget);
  }

  /** What is owed for it, once completed: reckoned by hand, not by the code under test. */
  Scenario owes(String amount) {
    return with(basket.withPrice(Money.parse(amount)));
  }

  Scenario takesTheDurableWay() {
    return new Scenario(name, story, basket, script, endings, Way.DURABLE, budget);
  }

  Scenario costsAtMost(Budget most) {
    return new Scenario(name, story, basket, script, endings, way, Optional.of(most));
  }

  private Scenario with(Basket other) {
    return new Scenario(name, story, other, script, endings, way, budget);
  }

  /** Whether the script goes on only once the order was completed, and its customer told. */
  boolean awaitsCompletion() {
    return script.contains(new Act.AwaitCompletion());
  }

  /** Whether money comes that nobody waits for any more: it is given back, and that is told. */
  boolean isPaidUnasked() {
    return script.contains(new Act.AwaitRefund());
  }

  /** Whether the customer's bank takes the money back, whatever became of the order. */
  boolean isChargedBack() {
    return script.contains(new Act.AwaitChargeback());
  }

  /** Whether money is given back while the order stands. */
  boolean refunds() {
    return script.stream().anyMatch(Act.Refund.class::isInstance);
  }

  String mailAddress() {
    return name + "@example.com";
  }
}
