package dev.orderflow.activities.archive;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.ledger.Unhurried;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

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

  /** So few that nobody waits long for what a batch has locked. */
  private static final int BATCH = 50;

  private final Transactions transactions;
  private final EndedOrders ended = new EndedOrders();
  private final Histories histories = new Histories();

  @Inject
  Archives(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * An order that the database would not let be archived.
   *
   * @param why what it said; no value of a row is in it
   */
  public record Refused(String order, String why) {
    private static Refused of(EndedOrders.Candidate candidate, StatementException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Refused(candidate.id(), String.valueOf(cause.getMessage()));
    }
  }

  /**
   * Archives every order that has ended, of which nothing is open, that nothing has touched since
   * then, and of which the audit finds nothing.
   *
   * @param before at least {@link #LEAST} ago
   * @param refused told each order that the database refused to have archived: it stays, and the
   *     others are archived without it
   * @param lookedAt told how many orders were looked at
   * @return how many were archived
   * @throws IllegalArgumentException when {@code before} is later than that by more than a day
   */
  public long archive(Instant before, Consumer<Refused> refused, LongConsumer lookedAt) {
    return each(before, lookedAt, page -> archive(before, page, refused));
  }

  private long archive(
      Instant before, List<EndedOrders.Candidate> page, Consumer<Refused> refused) {
    try {
      return archive(before, page);
    } catch (StatementException together) {
      long archived = 0;
      for (EndedOrders.Candidate one : page) {
        try {
          archived += archive(before, List.of(one));
        } catch (StatementException alone) {
          refused.accept(Refused.of(one, alone));
        }
      }
      return archived;
    }
  }

  private long archive(Instant before, List<EndedOrders.Candidate> candidates) {
    return transactions.in(
        tx -> {
          byIndexes(tx);
          List<String> over = ended.over(tx, before, ended.lock(tx, ids(candidates)));
          if (!over.isEmpty()) {
            histories.archive(tx, over);
          }
          return (long) over.size();
        });
  }

  /** How many orders {@link #archive} would archive now. Changes nothing. */
  public long count(Instant before, LongConsumer lookedAt) {
    return each(
        before,
        lookedAt,
        page -> transactions.in(tx -> (long) ended.over(byIndexes(tx), before, ids(page)).size()));
  }

  private static List<String> ids(List<EndedOrders.Candidate> candidates) {
    return candidates.stream().map(EndedOrders.Candidate::id).toList();
  }

  private long each(
      Instant before, LongConsumer lookedAt, ToLongFunction<List<EndedOrders.Candidate>> work) {
    requireLongAgo(before);
    Optional<EndedOrders.Candidate> behind = Optional.empty();
    long orders = 0;
    long looked = 0;
    while (true) {
      Optional<EndedOrders.Candidate> last = behind;
      List<EndedOrders.Candidate> page =
          transactions.in(tx -> ended.page(byIndexes(tx), before, last, BATCH));
      if (page.isEmpty()) {
        return orders;
      }
      orders += work.applyAsLong(page);
      looked += page.size();
      lookedAt.accept(looked);
      behind = Optional.of(page.get(page.size() - 1));
    }
  }

  /** Few rows of large tables are looked for, also where the server thinks that they are many. */
  private static Handle byIndexes(Handle tx) {
    Unhurried.let(tx);
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
    return transactions.in(
        tx -> {
          Unhurried.let(tx);
          return tx.createQuery("select count(*) from archived_order where ended_at < :before")
              .bind("before", before.atOffset(ZoneOffset.UTC))
              .mapTo(Long.class)
              .one();
        });
  }

  /**
   * Deletes the documents of archived orders that ended before that, for good. That they are taken,
   * how they ended and what their money came to stays.
   *
   * @param before at least {@link #LEAST} ago
   * @return how many
   * @throws IllegalArgumentException when {@code before} is later than that by more than a day
   */
  public long forget(Instant before) {
    requireLongAgo(before);
    String sql =
        """
        delete from archived_order where order_id = any(array(
          select order_id from archived_order where ended_at < :before
          limit 1000 for update skip locked))
        """;
    long forgotten = 0;
    while (true) {
      int deleted =
          transactions.in(
              tx -> {
                Unhurried.let(tx);
                return tx.createUpdate(sql)
                    .bind("before", before.atOffset(ZoneOffset.UTC))
                    .execute();
              });
      if (deleted == 0) {
        return forgotten;
      }
      forgotten += deleted;
    }
  }
}
