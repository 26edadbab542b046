package dev.orderflow.worker;

import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.worker.check.Refusal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what has lapsed, every 15 seconds, on one thread. */
final class Sweeper implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Set<ExpirySweep> sweeps;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Daemon.named("sweep"));

  @Inject
  Sweeper(Set<ExpirySweep> sweeps) {
    this.sweeps = sweeps;
  }

  void start() {
    long seconds = PERIOD.toSeconds();
    thread.scheduleWithFixedDelay(this::sweepAll, seconds, seconds, TimeUnit.SECONDS);
  }

  /** Each sweep once, or as often as it finds a full batch; one that fails stops no other. */
  void sweepAll() {
    for (ExpirySweep sweep : sweeps) {
      try {
        int ended = sweep(sweep);
        if (ended > 0) {
          LOG.info("{} {} have lapsed", ended, sweep.name());
        }
      } catch (RuntimeException e) {
        LOG.warn("Lapsed {} are left as they are for now: {}", sweep.name(), Refusal.cause(e));
      }
    }
  }

  private int sweep(ExpirySweep sweep) {
    int ended = 0;
    int batch;
    do {
      batch = sweep.sweep();
      ended += batch;
    } while (batch >= ExpirySweep.BATCH && !thread.isShutdown());
    return ended;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
