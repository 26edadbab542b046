package dev.orderflow.worker.gateway;

import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inbox.InboxUnavailable;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.activities.order.Tombstone;
import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.NoWorkerException;
import dev.orderflow.client.UnreachableException;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.metrics.Latency;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.saga.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the order of one event, and writes down what became of it. */
final class Delivery {

  /** Nobody else is given an event for so long: longer than any try. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** An event that failed so often by its own fault is set apart. */
  static final int MOST_TRIES = 10;

  /** How long an order may be unknown: the event can come before the call that made it returned. */
  static final Duration PATIENCE = Duration.ofDays(1);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration LONGEST_WHILE_UNKNOWN = Duration.ofMinutes(15);
  private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Inbox inbox;
  private final Reports reports;
  private final MeterRegistry meters;

  Delivery(Inbox inbox, Reports reports, MeterRegistry meters) {
    this.inbox = inbox;
    this.reports = reports;
    this.meters = meters;
  }

  /** Delivers an event that was taken from the inbox, or writes down why it could not. */
  void deliver(Received event) {
    try {
      if (event.state() == InboxState.RECEIVED && event.tries() > MOST_TRIES) {
        setApart(event, new Reason("FAILED", "Whoever tried to deliver it ended without a word."));
      } else {
        attempt(event);
      }
    } catch (InboxUnavailable e) {
      LOG.warn("{}: not noted, tried again: {}", name(event), Refusal.cause(e));
    }
  }

  private void attempt(Received event) {
    try {
      Optional<Inbox.Owner> owner = inbox.owner(event.hint());
      if (owner.isEmpty()) {
        parkUnknown(event, "No order has a payment that the event names.");
        return;
      }
      OrderId order = owner.get().order();
      Optional<Tombstone> left = owner.get().left().or(() -> told(event, order));
      if (left.isPresent()) {
        setApart(event, new Reason(OrderWorkflow.ARCHIVED, left.get().inWords()));
        return;
      }
      count(event, "delivered");
      Latency.timer("orderflow.callbacks.delivery", "From when we stored it until its order knew")
          .tag("channel", event.hint().channel())
          .register(meters)
          .record(Latency.notNegative(Duration.between(event.receivedAt(), Instant.now())));
    } catch (NoSuchOrderException e) {
      parkUnknown(event, "Temporal does not know the order.");
    } catch (UnreachableException | DeadlineException | NoWorkerException e) {
      LOG.warn("{}: its order is not told now: {}", name(event), e.getMessage());
      inbox.putBack(event, AFTER_OUTAGE);
    } catch (CancellationException e) {
      inbox.putBack(event, Duration.ZERO);
    } catch (InboxUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      failed(event, e);
    }
  }

  /** What is left of the order, where it was archived meanwhile, and did not listen any more. */
  private Optional<Tombstone> told(Received event, OrderId order) {
    reports.paymentReported(order);
    return inbox.delivered(event, order);
  }

  private void failed(Received event, RuntimeException failure) {
    Reason reason =
        new Reason("FAILED", failure.getClass().getSimpleName() + ": " + oneLine(failure));
    if (event.state() == InboxState.RECEIVED && event.tries() >= MOST_TRIES) {
      setApart(event, reason);
    } else if (inbox.failed(event, reason, backOff(event.tries(), LONGEST_AFTER_FAILURE))) {
      LOG.warn("{}: its order could not be told: {}", name(event), reason);
      count(event, "failed");
    }
  }

  private static String oneLine(RuntimeException failure) {
    String text = Refusal.cause(failure).replaceAll("\\p{Cntrl}", " ");
    return text.substring(0, Math.min(text.length(), 200));
  }

  private void setApart(Received event, Reason reason) {
    if (inbox.park(event, reason, Optional.empty())) {
      LOG.error("{}: parked after {} tries: {}", name(event), event.tries(), reason);
      count(event, "parked");
    }
  }

  private void parkUnknown(Received event, String says) {
    boolean first = event.state() != InboxState.PARKED;
    boolean last = event.receivedAt().plus(PATIENCE).isBefore(Instant.now());
    Optional<Duration> again =
        last ? Optional.empty() : Optional.of(backOff(event.tries(), LONGEST_WHILE_UNKNOWN));
    if (inbox.park(event, new Reason("UNKNOWN_ORDER", says), again) && (first || last)) {
      LOG.warn("{}: parked{}: {}", name(event), last ? " for good" : "", says);
      count(event, "parked");
    }
  }

  private static Duration backOff(int tries, Duration longest) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private void count(Received event, String outcome) {
    meters
        .counter(
            "orderflow.callbacks.deliveries", "channel", event.hint().channel(), "outcome", outcome)
        .increment();
  }

  /** Safe to log: a channel's words are printable and short. */
  private static String name(Received event) {
    Hint hint = event.hint();
    return "Event " + hint.eventId() + " (" + hint.type() + ") of channel '" + hint.channel() + "'";
  }
}
