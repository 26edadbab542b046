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
 * processes may use it at once. How a try ended changes nothing where the event was taken anew
 * meanwhile, or put on its way by hand: unless it was delivered, which is true whoever did it.
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
   * The order was told.
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
   * @param event as it was taken
   * @param after when it is tried again
   * @return false where the try held it no more
   */
  public boolean failed(Received event, Reason reason, Duration after) {
    return once(handle -> store.postpone(handle, event, reason, after)) == 1;
  }

  /**
   * A try failed by nobody's fault: it is not counted.
   *
   * @param event as it was taken
   */
  public void putBack(Received event, Duration after) {
    once(handle -> store.putBack(handle, event, after));
  }

  /**
   * Sets an event apart.
   *
   * @param event as it was taken
   * @param again when it is tried once more; empty when no more by itself
   * @return false where the try held it no more
   */
  public boolean park(Received event, Reason reason, Optional<Duration> again) {
    return once(handle -> store.park(handle, event, reason, again)) == 1;
  }

  /**
   * Puts a parked event on its way again, at once.
   *
   * @return refused where it is not parked: what is closed stays so
   */
  public Answer retry(EventKey event) {
    return once(tx -> store.unpark(tx, event))
        .<Answer>map(Answer.Done::new)
        .orElseGet(
            () -> find(event).<Answer>map(Answer.Refused::new).orElseGet(Answer.Unknown::new));
  }

  /**
   * Closes, for good, an event that was given up: that is parked, and not tried any more by itself,
   * so that nobody is trying it; who still does so, long after their lease, changes nothing about
   * it. Again is fine: what is closed stays as it is, with who closed it first.
   *
   * @return refused where it is not given up
   */
  public Answer close(EventKey event, Closing closing) {
    return once(tx -> store.close(tx, event, closing))
        .or(() -> find(event))
        .<Answer>map(is -> is.closed().isPresent() ? new Answer.Done(is) : new Answer.Refused(is))
        .orElseGet(Answer.Unknown::new);
  }

  private Optional<Received> find(EventKey event) {
    return read(tx -> store.find(tx, event));
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
  public List<Received> list(Optional<InboxState> state, Optional<EventKey> behind, int most) {
    return read(tx -> store.list(tx, state, behind, most));
  }

  /** How much was not delivered. */
  public Backlog backlog() {
    return read(store::backlog);
  }

  /**
   * Forgets what was delivered longer ago than that.
   *
   * @return how many, at most {@code most}
   */
  int forgetDelivered(Duration keepFor, int most) {
    return once(tx -> store.deleteDelivered(tx, keepFor, most));
  }

  /** As {@link #forgetDelivered}, what was closed longer ago than that. */
  int forgetClosed(Duration keepFor, int most) {
    return once(tx -> store.deleteClosed(tx, keepFor, most));
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
