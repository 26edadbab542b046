package dev.orderflow.activities.ledger;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Two things on two connections, the one stopped before one of the statements that lock something,
 * until the other is done, or waits for it.
 */
public final class Meeting implements SqlLogger {
  private static final Pattern LOCKING =
      Pattern.compile("\\b(insert into|update|delete from)\\b", Pattern.CASE_INSENSITIVE);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int stop;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Thread first;
  private int seen;

  private Meeting(int stop) {
    this.stop = stop;
  }

  /** What became of them; whether the first got as far as to its stop. */
  public record Result(boolean met, Throwable first, Throwable second) {}

  /**
   * @param stop before which of its locking statements the first is stopped, from 1
   * @param connections of the first
   */
  public static Result at(int stop, Jdbi connections, Callable<?> first, Callable<?> second) {
    Meeting meeting = new Meeting(stop);
    SqlLogger before = connections.getConfig(SqlStatements.class).getSqlLogger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    connections.setSqlLogger(meeting);
    try {
      return meeting.of(threads, connections, first, second);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      connections.setSqlLogger(before);
      threads.shutdownNow();
    }
  }

  private Result of(ExecutorService threads, Jdbi connections, Callable<?> one, Callable<?> other)
      throws InterruptedException {
    Future<?> a =
        threads.submit(
            () -> {
              first = Thread.currentThread();
              try {
                return one.call();
              } finally {
                stopped.countDown();
              }
            });
    if (!stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the first neither stopped nor ended");
    }
    boolean met = !a.isDone() && seen >= stop;
    Future<?> b = threads.submit(other);
    long begin = System.nanoTime();
    while (!b.isDone() && !isAnyoneWaiting(connections)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new AssertionError("the second neither ended nor waits for a lock");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    goOn.countDown();
    return new Result(met, failure(a), failure(b));
  }

  private static boolean isAnyoneWaiting(Jdbi connections) {
    return connections.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (
                      select from pg_stat_activity
                      where datname = current_database() and wait_event_type = 'Lock')
                    """)
                .mapTo(Boolean.class)
                .one());
  }

  private static Throwable failure(Future<?> of) throws InterruptedException {
    try {
      of.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    if (Thread.currentThread() != first || !LOCKING.matcher(context.getRawSql()).find()) {
      return;
    }
    seen++;
    if (seen == stop) {
      stopped.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
