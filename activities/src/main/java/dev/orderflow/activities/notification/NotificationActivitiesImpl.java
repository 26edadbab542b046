package dev.orderflow.activities.notification;

import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Sends what the ledger says of the order. A mail server enforces no keys: a message in doubt is
 * sent again with the same Message-ID, by which a second copy can be recognised, because a customer
 * who hears nothing is worse off than one who hears twice.
 */
final class NotificationActivitiesImpl implements NotificationActivities {
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);

  /** For ever: see above. */
  private static final Duration SAME_MESSAGE_ID = Duration.ofDays(36_500);

  private final NotificationConfig config;
  private final Ledger ledger;
  private final Calls calls;
  private final MailTransport transport;
  private final Supplier<AttemptKind> attemptKind;
  private final Semaphore room;
  private final Letters letters = new Letters();
  private final MessageStore messages = new MessageStore();
  private final OrderSummaries orders;

  @Inject
  NotificationActivitiesImpl(
      NotificationConfig config,
      Ledger ledger,
      Calls calls,
      OrderSummaries orders,
      MailTransport transport,
      Supplier<AttemptKind> attemptKind) {
    this.config = config;
    this.ledger = ledger;
    this.calls = calls;
    this.orders = orders;
    this.transport = transport;
    this.attemptKind = attemptKind;
    this.room = new Semaphore(config.maxInFlight());
  }

  @Override
  public Outcome send(Message message) {
    if (!room.tryAcquire()) {
      return withoutRoom(message.key());
    }
    try {
      return deliver(message);
    } finally {
      room.release();
    }
  }

  /** This attempt does nothing; what earlier ones did, the ledger knows. */
  private Outcome withoutRoom(StepKey key) {
    Optional<Outcome> known = ledger.find(key).map(Operation::outcome);
    if (known.filter(before -> before.state().isFinal()).isPresent()) {
      return known.get();
    }
    State state = known.map(Outcome::state).orElse(State.NOT_EXECUTED);
    Reason busy =
        new Reason("MAIL_BUSY", config.maxInFlight() + " messages are under way already.");
    throw StepFailure.unsettled(key, new Outcome(state, Optional.empty(), Optional.of(busy)));
  }

  private Outcome deliver(Message message) {
    StepKey key = message.key();
    Duration timeout =
        attemptKind.get() == AttemptKind.LOCAL ? config.localTimeout() : config.timeout();
    Mail mail = write(message);
    Claim claim =
        calls.claim(
            key,
            message,
            new Claim.Terms(timeout.plus(LEASE_MARGIN), SAME_MESSAGE_ID),
            tx -> messages.insert(tx, message, mail));
    if (claim instanceof Claim.Settled settled) {
      return settled.outcome();
    }
    Claim.Held held = (Claim.Held) claim;
    Outcome told = judged(held, sent(mail, timeout));
    Outcome kept = calls.settle(held, told, tx -> messages.enter(tx, key));
    if (kept.state().isFinal()) {
      return kept;
    }
    throw StepFailure.unsettled(key, kept);
  }

  private Outcome sent(Mail mail, Duration timeout) {
    return mail.recipientAddress().equals(OrderDocument.Recipient.NOBODY)
        ? Outcome.succeeded(mail.messageId())
        : transport.send(mail, timeout);
  }

  private Mail write(Message message) {
    StepKey key = message.key();
    OrderSummary order = orders.of(key);
    return new Mail(
        "<" + key.toString().replace('/', '.') + "@" + config.domain() + ">",
        order.recipient().name(),
        order.recipient().email(),
        letters.write(message.event(), order));
  }

  /** That this attempt did nothing says nothing about an earlier one. */
  private static Outcome judged(Claim.Held held, Outcome told) {
    boolean inDoubt = held.firstSentAt().isBefore(held.claimedAt());
    if (told.state() == State.UNKNOWN || (inDoubt && told.state() == State.NOT_EXECUTED)) {
      Reason reason = told.reason().orElseThrow();
      return Outcome.unknown(
          new Reason(
              reason.code(), reason.message() + " Handed over " + held.number() + " time(s)."));
    }
    return told;
  }
}
