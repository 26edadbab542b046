package dev.orderflow.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps one part running: a thread that starts it, watches it, and starts it again. */
final class Watch {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration ASK = Duration.ofSeconds(5);

  /** So many questions in a row without an answer, and it is taken for hung. */
  private static final int HUNG_AFTER = 12;

  /** So many starts in vain, before the first that succeeds, and it is given up. */
  private static final int HOPELESS_AFTER = 3;

  private final Part part;
  private final Starter starter;
  private final LogFile log;
  private final Consumer<String> events;
  private final Runnable whenItChanges;
  private final Thread thread;
  private final Backoff backoff = new Backoff();

  private volatile boolean ending;
  private volatile Optional<ProcessHandle> process = Optional.empty();
  private volatile Optional<ProcessHandle> ready = Optional.empty();

  // Guarded by this; known to those who wait only when it is written down.
  private Optional<ProcessHandle> announced = Optional.empty();
  private Optional<CannotStart> givenUp = Optional.empty();

  Watch(
      Part part,
      Directory directory,
      Ports ports,
      Consumer<String> events,
      Runnable whenItChanges) {
    this.part = part;
    this.starter = new Starter(part, directory, ports, events);
    this.log = new LogFile(directory.log(part.name()));
    this.events = events;
    this.whenItChanges = whenItChanges;
    this.thread = new Thread(this::keepRunning, "watch-" + part.name().word());
    this.thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /**
   * The process that serves now, when it is another than the given one.
   *
   * @throws CannotStart when it was given up, or does not serve in time
   */
  synchronized ProcessHandle awaitOtherThan(long pid, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (announced.filter(process -> process.pid() != pid).isEmpty()) {
      if (givenUp.isPresent()) {
        throw givenUp.get();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw failed("was not ready within " + patience.toSeconds() + " s");
      }
      wait(left);
    }
    return announced.get();
  }

  Optional<ProcessHandle> ready() {
    return ready;
  }

  PartName name() {
    return part.name();
  }

  /** Stops watching and ends the process. */
  void end() throws IOException, InterruptedException {
    ending = true;
    thread.interrupt();
    thread.join();
    if (process.isPresent()) {
      OwnProcess.end(process.get(), part);
    }
    starter.endOthers(Optional.empty());
  }

  private void keepRunning() {
    int inVain = 0;
    boolean everReady = false;
    try {
      while (!ending) {
        Duration wellFor = Duration.ZERO;
        try {
          process = process.isEmpty() && !everReady ? starter.takeOver() : Optional.empty();
          if (process.isEmpty()) {
            process = Optional.of(starter.start());
          }
          if (starter.answersSoon(process.get(), part.patience())) {
            everReady = true;
            wellFor = watchUntilItEnds(process.get());
          } else {
            OwnProcess.end(process.get(), part);
          }
        } catch (IOException | RuntimeException failed) {
          if (failed instanceof CannotStart hopeless && !everReady) {
            giveUp(hopeless);
            return;
          }
          events.accept(part.name().word() + ": " + failed.getMessage());
        }
        if (!everReady && ++inVain == HOPELESS_AFTER) {
          giveUp(failed("ended before it was ready"));
          return;
        }
        Duration wait = backoff.after(wellFor);
        events.accept(
            "%s has ended, starts again in %.1f s"
                .formatted(part.name().word(), wait.toMillis() / 1000.0));
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
      }
    } catch (InterruptedException asked) {
      // by end()
    }
  }

  private Duration watchUntilItEnds(ProcessHandle watched)
      throws IOException, InterruptedException {
    long since = System.nanoTime();
    becomes(Optional.of(watched));
    try {
      int unanswered = 0;
      long asked = since;
      while (OwnProcess.lives(watched)) {
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        if (System.nanoTime() - asked > ASK.toNanos()) {
          asked = System.nanoTime();
          log.bound();
          unanswered = part.lives() ? 0 : unanswered + 1;
          if (unanswered == HUNG_AFTER) {
            events.accept(part.name().word() + " does not answer any more: ending it");
            OwnProcess.end(watched, part);
          }
        }
      }
    } finally {
      becomes(Optional.empty());
    }
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private void becomes(Optional<ProcessHandle> now) {
    ready = now;
    whenItChanges.run();
    synchronized (this) {
      announced = now;
      notifyAll();
    }
  }

  private synchronized void giveUp(CannotStart why) {
    givenUp = Optional.of(why);
    notifyAll();
  }

  private CannotStart failed(String what) {
    String tail = log.tail(12);
    return new CannotStart(
        CannotStart.Reason.PART_FAILED,
        "%s %s; see %s%s"
            .formatted(
                part.name().word(),
                what,
                log.path(),
                tail.isEmpty() ? "" : ", which ends:\n" + tail.indent(2).stripTrailing()));
  }
}
