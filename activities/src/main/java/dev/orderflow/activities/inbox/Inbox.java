package dev.orderflow.activities.inbox;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Tombstone;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * What providers told us and the orders have to be told: stored before it is acknowledged, then
 * taken for a limited time, so that what a process leaves behind is taken by another. Any number of
 * processes may use it at once.
 *
 * <p>Every method throws {@link InboxUnavailable} when the database does not answer.
 */
public final class Inbox {

  /** What storing found. */
  public enum Stored {
    NEW,
    /** It was there already: sent again. */
    KNOWN
  }

  /** An event, by the provider's own id of it. */
  public record Place(String channel, String eventId) {}

  private final Transactions transactions;
  private final InboxStore store;
  private final LatelyKept kept = new LatelyKept();

  @Inject
  Inbox(Transactions transactions, InboxStore store) {
    this.transactions = transactions;
    this.store = store;
  }

  /** Keeps an event; when this returns, it survives. Again, and at the same moment, is fine. */
  public Stored store(Hint hint) {
    if (kept.contains(hint)) {
      return Stored.KNOWN;
    }
    boolean isNew = once(handle -> store.insert(handle, hint));
    kept.add(hint);
    return isNew ? Stored.NEW : Stored.KNOWN;
  }

  /**
   * Takes what is due, oldest first, for the one who asks.
   *
   * @param most how many, from 1
   * @param lease how long nobody else is given them
   */
  public List<Received> take(int most, Duration lease) {
    // Mostly there is nothing: a look costs no transaction.
    return read(store::isAnyDue) ? once(handle -> store.take(handle, most, lease)) : List.of();
  }

  /**
   * Whose an event is.
   *
   * @param left of an order that is archived, and can't be told any more
   */
  public record Owner(OrderId order, Optional<Tombstone> left) {}

  /**
   * The order an event belongs to: that of the provider's transaction in our books, otherwise the
   * one whose id the provider repeats. Empty when the ledger has neither (yet).
   */
  public Optional<Owner> owner(Hint hint) {
    return read(tx -> store.owner(tx, hint));
  }

  /**
   * The order was told. An event that a person closed meanwhile stays closed.
   *
   * @return what is left of it, where it was archived before it could act on what it was told: then
   *     the event stays as it was. Empty otherwise.
   */
  public Optional<Tombstone> delivered(Received event, OrderId order) {
    return once(handle -> store.deliver(handle, event.id(), order)) == 1
        ? Optional.empty()
        : read(tx -> store.left(tx, order));
  }

  /**
   * A try failed by the event's own fault; it stays on its way.
   *
   * @param after when it is tried again
   */
  public void failed(Received event, Reason reason, Duration after) {
    once(handle -> store.postpone(handle, event.id(), reason, after));
  }

  /** A try failed by nobody's fault: it is not counted. */
  public void putBack(Received event, Duration after) {
    once(handle -> store.putBack(handle, event.id(), after));
  }

  /**
   * Sets an event apart.
   *
   * @param again when it is tried once more; empty when no more by itself
   */
  public void park(Received event, Reason reason, Optional<Duration> again) {
    once(handle -> store.park(handle, event.id(), reason, again));
  }

  /**
   * Puts a parked event on its way again, at once. So it does with a closed one, which is then not
   * closed any more.
   *
   * @return false when there is no such event, or it is neither parked nor closed
   */
  public boolean retry(String channel, String eventId) {
    return once(handle -> store.unpark(handle, channel, eventId)) == 1;
  }

  /**
   * Closes a parked event: nothing is left to do about it. Again is fine: what is closed stays as
   * it is, with who closed it first.
   *
   * @param actor who has looked
   * @param reason why, not blank; kept
   * @return the event as it is now: {@code CLOSED}, or as it was where it was not parked. Empty
   *     when there is no such event
   */
  public Optional<Received> close(Place event, String actor, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason: is missing; say why, it is kept");
    }
    return in(handle -> store.close(handle, event, actor, reason));
  }

  /** What is kept, newest first, of one state or all. */
  public List<Received> list(Optional<InboxState> state, int most) {
    return list(state, Optional.empty(), most);
  }

  /**
   * As {@link #list(Optional, int)}, page by page.
   *
   * @param behind the event that the page before ended with; the first page when empty
   */
  public List<Received> list(Optional<InboxState> state, Optional<Place> behind, int most) {
    return read(tx -> store.list(tx, state, behind, most));
  }

  /** How much was not delivered. */
  public Backlog backlog() {
    return read(store::backlog);
  }

  /**
   * Forgets what was delivered, or closed, longer ago than that.
   *
   * @return how many, at most {@code most} of each
   */
  int forget(Duration keepFor, int most) {
    return once(handle -> store.delete(handle, keepFor, most));
  }

  private <T> T in(Function<Handle, T> work) {
    try {
      return transactions.in(work);
    } catch (JdbiException e) {
      throw new InboxUnavailable(e);
    }
  }

  private <T> T once(Function<Handle, T> statement) {
    try {
      return transactions.once(statement);
    } catch (JdbiException e) {
      throw new InboxUnavailable(e);
    }
  }

  private <T> T read(Function<Handle, T> work) {
    try {
      return transactions.read(work);
    } catch (JdbiException e) {
      throw new InboxUnavailable(e);
    }
  }
}
