package dev.orderflow.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that a supervisor started, as it is remembered in {@code run/NAME.json}. A process id
 * alone proves nothing, the system gives it out again: the instant of its start and its command
 * must agree too.
 *
 * @param pid its process id
 * @param startedAt when the system says it started
 * @param command what was started
 * @param mark by which it is known
 * @param fingerprint of the {@link Launch}
 */
record OwnProcess(
    long pid, Instant startedAt, List<String> command, Mark mark, String fingerprint) {

  static final Duration CLOCK_PUT_RIGHT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(20);

  static OwnProcess of(ProcessHandle process, Launch launch, Mark mark) {
    return new OwnProcess(
        process.pid(), startOf(process), launch.command(), mark, launch.fingerprint());
  }

  /** The living process, unless it has ended or the id now belongs to another. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(this::startedThen)
        .filter(OwnProcess::lives)
        .filter(process -> mark.isOn(process.pid()));
  }

  /** The system derives the instant from the clock, which may have been put right since. */
  private boolean startedThen(ProcessHandle process) {
    return Duration.between(startedAt, startOf(process)).abs().compareTo(CLOCK_PUT_RIGHT) < 0;
  }

  static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Whether it runs: one that has ended and was not collected by its parent does not. */
  static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException noSuchFile) {
      return process.isAlive();
    }
  }

  /** Waits until it has ended. */
  static boolean awaitEnd(ProcessHandle process, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (lives(process)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
    return true;
  }

  /** Ends it: asked first, forced when its grace is over. */
  static void end(ProcessHandle process, Part part) throws InterruptedException {
    part.askToEnd(process);
    if (!awaitEnd(process, part.grace())) {
      process.destroyForcibly();
      awaitEnd(process, Duration.ofSeconds(10));
    }
  }
}
