package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A provider whose payments wait for the customer. What it calls final stays so. */
public final class Wallet {

  /** Its channel in orders. */
  public static final String CHANNEL = "wallet";

  private final Map<StepKey, Outcome> payments = new HashMap<>();

  boolean knows(StepKey key) {
    return payments.containsKey(key);
  }

  /** A payment, unless it knows one of that key. */
  void open(StepKey key) {
    payments.putIfAbsent(
        key, Outcome.pending(new Reason("AWAITING_CUSTOMER", "waits for the customer")));
  }

  Outcome standing(StepKey key) {
    return payments.get(key);
  }

  /** Whether the customer could still pay. */
  boolean isOpen(StepKey key) {
    return knows(key) && standing(key).state() == Outcome.State.PENDING;
  }

  /** The customer pays what is open. */
  StepKey pay() {
    StepKey key = open().orElseThrow();
    payments.put(key, Outcome.succeeded("at-" + key));
    return key;
  }

  /** The customer pays another amount than was asked for. */
  void payOther() {
    Reason why = new Reason(Reason.AMOUNT_DIFFERS, "another amount came than was asked for");
    payments.put(open().orElseThrow(), Outcome.declined(why));
  }

  /** The customer pays what was closed: the provider took it nevertheless. */
  void payLate(StepKey key) {
    payments.put(key, Outcome.succeeded("late-" + key));
  }

  /** The customer gives up what is open. */
  void refuse() {
    payments.put(
        open().orElseThrow(), Outcome.declined(new Reason("refused", "the customer did not pay")));
  }

  /** What the customer could pay. */
  Optional<StepKey> open() {
    return payments.keySet().stream().filter(this::isOpen).findFirst();
  }

  void close(StepKey key) {
    if (isOpen(key)) {
      payments.put(key, Outcome.declined(new Reason("closed", "closed before it was paid")));
    }
  }

  Optional<NextAction> nextAction(StepKey key) {
    return isOpen(key)
        ? Optional.of(
            new NextAction.Redirect(
                URI.create("https://wallet.example/" + key), Instant.parse("2100-01-01T00:00:00Z")))
        : Optional.empty();
  }
}
