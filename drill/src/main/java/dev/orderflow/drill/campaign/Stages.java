package dev.orderflow.drill.campaign;

import dev.orderflow.cli.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Shows the stage that a campaign has come to, on a terminal as a bar. */
final class Stages implements CampaignRun.Witness, AutoCloseable {

  private static final long LOOK_MILLIS = 500;

  private final int orders;
  private final Consumer<String> says;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private Progress bar = Progress.onTerminal("Starting");
  private IntSupplier done = () -> 0;

  Stages(int orders, Consumer<String> says) {
    this.orders = orders;
    this.says = says;
    clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void begins(String stage, IntSupplier through) {
    bar.close();
    says.accept(stage + " …");
    done = through;
    bar = Progress.onTerminal(stage, orders);
  }

  private synchronized void look() {
    bar.stepTo(done.getAsInt());
  }

  @Override
  public synchronized void close() {
    clock.shutdownNow();
    bar.close();
  }
}
