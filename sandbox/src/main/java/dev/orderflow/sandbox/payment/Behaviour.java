package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.payment.Rule.Customer;
import dev.orderflow.sandbox.payment.Rule.Decline;
import dev.orderflow.sandbox.payment.Rule.Dispute;
import dev.orderflow.sandbox.payment.Rule.Fail;
import dev.orderflow.sandbox.payment.Rule.Fault;
import dev.orderflow.sandbox.payment.Rule.Moment;
import dev.orderflow.sandbox.payment.Rule.RefundFails;
import dev.orderflow.sandbox.payment.Rule.RefuseUndo;
import dev.orderflow.sandbox.payment.Rule.Unreachable;
import dev.orderflow.sandbox.payment.Rule.Wait;
import dev.orderflow.sandbox.payment.Rule.Win;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the provider answers about one payment: the meaning of its token. */
record Behaviour(List<Rule> rules) {

  static final Behaviour FLAWLESS = new Behaviour(List.of());

  Behaviour {
    rules = List.copyOf(rules);
  }

  Optional<ReasonCode> decline(Operation operation) {
    return all(Decline.class).filter(rule -> rule.on() == operation).map(Decline::code).findFirst();
  }

  /** How many requests (or answers) of the operation meet the fault; zero without such a rule. */
  int times(Operation operation, Fault fault) {
    return all(Fail.class)
        .filter(rule -> rule.on() == operation && rule.fault() == fault)
        .mapToInt(Fail::times)
        .findFirst()
        .orElse(0);
  }

  Duration wait(Operation operation, Moment moment) {
    return all(Wait.class)
        .filter(rule -> rule.on() == operation && rule.moment() == moment)
        .map(rule -> Duration.ofMillis(rule.millis()))
        .findFirst()
        .orElse(Duration.ZERO);
  }

  Optional<Duration> unreachable() {
    return all(Unreachable.class).map(rule -> Duration.ofMillis(rule.millis())).findFirst();
  }

  /** What the customer does; empty where the payment does not wait for them. */
  Optional<Customer> customer() {
    return all(Customer.class).findFirst();
  }

  /** How long after its success the payment is disputed; empty where it is not. */
  Optional<Duration> disputedAfter() {
    return all(Dispute.class).map(rule -> Duration.ofMillis(rule.millis())).findFirst();
  }

  /** How long after it was opened a dispute is won; empty where a human decides. */
  Optional<Duration> wonAfter() {
    return all(Win.class).map(rule -> Duration.ofMillis(rule.millis())).findFirst();
  }

  /** How long after it was made the first refund fails; empty where it does not. */
  Optional<Duration> refundFailsAfter() {
    return all(RefundFails.class).map(rule -> Duration.ofMillis(rule.millis())).findFirst();
  }

  int refusedUndos() {
    return all(RefuseUndo.class).mapToInt(RefuseUndo::times).findFirst().orElse(0);
  }

  private <R extends Rule> Stream<R> all(Class<R> kind) {
    return rules.stream().filter(kind::isInstance).map(kind::cast);
  }
}
