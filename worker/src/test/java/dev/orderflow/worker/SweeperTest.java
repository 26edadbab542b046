package dev.orderflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.ExpirySweep;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class SweeperTest {

  @Test
  void oneSweepThatFailsStopsNoOther() {
    AtomicInteger swept = new AtomicInteger();
    ExpirySweep failing =
        sweep(
            () -> {
              throw new IllegalStateException("the database is away");
            });
    ExpirySweep working = sweep(swept::incrementAndGet);

    try (Sweeper sweeper = new Sweeper(new LinkedHashSet<>(List.of(failing, working)))) {
      sweeper.sweepAll();
      sweeper.sweepAll();
    }

    assertThat(swept).hasValue(2);
  }

  @Test
  void whereABatchWasFullThereMayBeMore() {
    AtomicInteger left = new AtomicInteger(2 * ExpirySweep.BATCH + 7);
    ExpirySweep batches =
        sweep(
            () -> {
              int batch = Math.min(ExpirySweep.BATCH, left.get());
              left.addAndGet(-batch);
              return batch;
            });

    try (Sweeper sweeper = new Sweeper(Set.of(batches))) {
      sweeper.sweepAll();
    }

    assertThat(left).hasValue(0);
  }

  private static ExpirySweep sweep(IntSupplier body) {
    return new ExpirySweep("holds", batch -> body.getAsInt());
  }
}
