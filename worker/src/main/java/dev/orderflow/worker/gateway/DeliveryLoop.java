package dev.orderflow.worker.gateway;

import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.worker.check.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, as soon as this process has stored it, and otherwise within half a second:
 * what other processes stored and left behind too; never more a second than it may. One order that
 * keeps us waiting holds up one thread.
 */
final class DeliveryLoop implements AutoCloseable {

  private static final int AT_ONCE = 8;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);

  private final Inbox inbox;
  private final Delivery delivery;
  private final int perSecond;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Semaphore nudges = new Semaphore(0);
  private final ExecutorService threads;
  private final Thread loop;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param perSecond at most so many are begun
   */
  DeliveryLoop(Inbox inbox, Delivery delivery, int perSecond) {
    this.inbox = inbox;
    this.delivery = delivery;
    this.perSecond = perSecond;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            AT_ONCE, body -> daemon(body, "delivery-" + number.incrementAndGet()));
    loop = daemon(this::run, "delivery");
  }

  private static Thread daemon(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    loop.start();
  }

  /** There is something new. */
  void nudge() {
    nudges.release();
  }

  private void run() {
    try {
      while (!isClosed()) {
        int wanted = acquireFree();
        List<Received> taken = isClosed() ? List.of() : take(wanted);
        free.release(wanted - taken.size());
        taken.forEach(this::begin);
        pause(taken.size());
        if (taken.size() < wanted && nudges.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          nudges.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** As long as so many take at that rate. */
  private void pause(int begun) throws InterruptedException {
    closed.await(TimeUnit.SECONDS.toNanos(begun) / perSecond, TimeUnit.NANOSECONDS);
  }

  /** Threads, at least one, and no more than a tenth of a second may use. */
  private int acquireFree() throws InterruptedException {
    free.acquire();
    int more = Math.min(free.availablePermits(), Math.max(0, perSecond / 10 - 1));
    free.acquire(more);
    return 1 + more;
  }

  private List<Received> take(int most) throws InterruptedException {
    try {
      return inbox.take(most, Delivery.LEASE);
    } catch (RuntimeException e) {
      LOG.warn("Callbacks are not delivered now: {}", Refusal.cause(e));
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      return List.of();
    }
  }

  private void begin(Received event) {
    threads.execute(
        () -> {
          try {
            delivery.deliver(event);
          } finally {
            free.release();
          }
        });
  }

  /** Takes nothing more and finishes what was begun; what is not finished in time is due again. */
  @Override
  public void close() {
    closed.countDown();
    nudge();
    try {
      loop.join(2 * LOOK.toMillis());
      threads.shutdown();
      if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
