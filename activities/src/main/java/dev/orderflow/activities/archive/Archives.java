package dev.orderflow.activities.archive;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Moves orders that ended long ago out of the ledger's tables, into one document each. A batch is a
 * transaction: whoever dies leaves whole orders and archived ones, and nothing between. Any number
 * of processes may do so at once, while orders come in.
 */
@Singleton
public class Archives {

  /**
   * Sooner may nothing be archived. The longest time that card schemes give a customer for a
   * dispute is 540 days.
   */
  public static final Duration LEAST = Duration.ofDays(540);

  /** So few that a batch stays far below the time that a statement may take. */
  private static final int BATCH = 50;

  private final Transactions transactions;
  private final EndedOrders ended = new EndedOrders();
  private final Histories histories = new Histories();

  @Inject
  Archives(Transactions transactions) {
    this.transactions = transactions;
  }

  /** One batch: how far it looked, and how many orders it was about. */
  private record Batch(List<EndedOrders.Candidate> lookedAt, long orders) {}

  /**
   * Archives every order that has ended, of which nothing is open, and that nothing has touched
   * since then.
   *
   * @param before at least {@link #LEAST} ago
   * @param lookedAt told how many orders were looked at
   * @return how many were archived
   * @throws IllegalArgumentException when {@code before} is later than that
   */
  public long archive(Instant before, LongConsumer lookedAt) {
    return each(
        before,
        lookedAt,
        (tx, behind) -> archive(tx, before, ended.lock(tx, before, behind, BATCH)));
  }

  private Batch archive(Handle tx, Instant before, List<EndedOrders.Candidate> candidates) {
    List<String> over = ended.over(tx, before, candidates);
    if (!over.isEmpty()) {
      histories.archive(tx, over);
    }
    return new Batch(candidates, over.size());
  }

  /** How many orders {@link #archive} would archive now. Changes nothing. */
  public long count(Instant before, LongConsumer lookedAt) {
    return each(
        before,
        lookedAt,
        (tx, behind) -> {
          List<EndedOrders.Candidate> candidates = ended.page(tx, before, behind, BATCH);
          return new Batch(candidates, ended.over(tx, before, candidates).size());
        });
  }

  private long each(
      Instant before,
      LongConsumer lookedAt,
      BiFunction<Handle, Optional<EndedOrders.Candidate>, Batch> work) {
    requireLongAgo(before);
    Optional<EndedOrders.Candidate> behind = Optional.empty();
    long orders = 0;
    long looked = 0;
    while (true) {
      Optional<EndedOrders.Candidate> last = behind;
      Batch batch = transactions.in(tx -> work.apply(byIndexes(tx), last));
      if (batch.lookedAt().isEmpty()) {
        return orders;
      }
      orders += batch.orders();
      looked += batch.lookedAt().size();
      lookedAt.accept(looked);
      behind = Optional.of(batch.lookedAt().get(batch.lookedAt().size() - 1));
    }
  }

  /** Few rows of large tables are looked for, also where the server thinks that they are many. */
  private static Handle byIndexes(Handle tx) {
    tx.execute("set local enable_seqscan = off");
    tx.execute("set local enable_hashjoin = off");
    tx.execute("set local enable_mergejoin = off");
    return tx;
  }

  /**
   * By the ledger's clock, which may be another one than that of whoever asks, but not by a day.
   */
  private void requireLongAgo(Instant before) {
    Instant now =
        transactions.read(tx -> tx.createQuery("select now()").mapTo(Instant.class).one());
    if (before.isAfter(now.minus(LEAST).plus(Duration.ofDays(1)))) {
      throw new IllegalArgumentException(before + " is less than " + LEAST.toDays() + " days ago");
    }
  }

  /** How many documents {@link #forget} would delete. */
  public long kept(Instant before) {
    return transactions.read(
        tx ->
            tx.createQuery("select count(*) from archived_order where ended_at < :before")
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one());
  }

  /**
   * Deletes the documents of archived orders that ended before that, for good. That they are taken,
   * how they ended and what their money came to stays.
   *
   * @return how many
   */
  public long forget(Instant before) {
    String sql =
        """
        delete from archived_order where order_id in (
          select order_id from archived_order where ended_at < :before
          limit 1000 for update skip locked)
        """;
    long forgotten = 0;
    while (true) {
      int deleted =
          transactions.once(
              tx -> tx.createUpdate(sql).bind("before", before.atOffset(ZoneOffset.UTC)).execute());
      if (deleted == 0) {
        return forgotten;
      }
      forgotten += deleted;
    }
  }
}
