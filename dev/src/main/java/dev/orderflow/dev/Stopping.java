package dev.orderflow.dev;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Stops the machine in a directory from outside. */
record Stopping(Directory directory) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  /**
   * Asks the supervisor to stop and waits until it has; where there is none, ends what it left.
   *
   * @return what was done, for people
   * @throws CannotStart when it has not stopped in time
   */
  String stop() throws IOException, InterruptedException {
    if (!Files.isDirectory(directory.root())) {
      return "nothing runs in " + directory.root();
    }
    directory.create();
    Directory real = new Directory(directory.root().toRealPath());
    Optional<FileLock> lock = real.lock();
    if (lock.isEmpty()) {
      Optional<ProcessHandle> supervisor = real.recallSupervisor().flatMap(SupervisorRecord::find);
      Directory.write(new Stopping(real).wish(), "");
      supervisor.ifPresent(ProcessHandle::destroy);
      lock = awaitLock(real);
      lock.get().channel().close();
      return "stopped what ran in " + real.root();
    }
    try {
      return endLeftovers(real)
          ? "stopped what an earlier run left in " + real.root()
          : "nothing runs in " + real.root();
    } finally {
      lock.get().channel().close();
    }
  }

  /** Whether it was this that asked what runs here to end, which the signal alone does not say. */
  boolean isWanted() {
    return Files.exists(wish());
  }

  /** Forgets what was asked of an earlier run. */
  void forget() throws IOException {
    Files.deleteIfExists(wish());
  }

  private Path wish() {
    return directory.file("run").resolve("stop");
  }

  private static Optional<FileLock> awaitLock(Directory real)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<FileLock> lock = real.lock();
      if (lock.isPresent()) {
        return lock;
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
    throw new CannotStart(
        CannotStart.Reason.ALREADY_RUNNING,
        "what runs in %s has not stopped within %d s".formatted(real.root(), PATIENCE.toSeconds()));
  }

  private static boolean endLeftovers(Directory real) throws IOException, InterruptedException {
    Ports ports = PortChoice.usual().decide(real.recallPorts());
    var found = new boolean[1];
    List<Part> lastFirst =
        List.of(
            new WorkerPart(real, ports),
            new SandboxPart(real, ports),
            new TemporalPart(real, ports, Path.of(TemporalCli.PROGRAM)),
            new PostgresPart(real, ports, PostgresPrograms.unpack(Caches.ofUser(System.getenv()))));
    for (Part part : lastFirst) {
      new Starter(part, real, ports, event -> found[0] = true).endOthers(Optional.empty());
    }
    Files.deleteIfExists(real.devJson());
    return found[0];
  }
}
