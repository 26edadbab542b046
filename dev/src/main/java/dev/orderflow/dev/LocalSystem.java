package dev.orderflow.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A whole orderflow on this machine: PostgreSQL, Temporal with its Web UI, the sandbox and a
 * worker, each a process of its own. A process that ends is started again on the same ports and
 * with the same data. What an earlier run in the same directory left is taken over, or ended.
 *
 * <p>Stop it by {@link #close}. When this process is killed instead, the others live on, and the
 * next machine in the same directory takes them over.
 */
public final class LocalSystem implements AutoCloseable {
  private final Supervisor supervisor;
  private final Addresses addresses;

  private LocalSystem(Supervisor supervisor, Addresses addresses) {
    this.supervisor = supervisor;
    this.addresses = addresses;
  }

  /**
   * Starts a machine and returns when all its parts serve; data of an earlier run is there.
   *
   * @throws CannotStart with the reason and the remedy; nothing that was started then runs on
   */
  public static LocalSystem start(LocalOptions options) throws InterruptedException {
    try {
      options.directory().create();
      Directory directory = new Directory(options.directory().root().toRealPath());
      Supervisor supervisor = Supervisor.of(directory, options.ports(), options.events());
      try {
        WorkerToml.write(directory, supervisor.ports(), options.besides());
        supervisor.start(groundwork(options, supervisor));
        if (options.parts().contains(PartName.WORKER)) {
          supervisor.start(List.of(new WorkerPart(directory, supervisor.ports())));
        }
        return new LocalSystem(supervisor, Addresses.of(directory, supervisor.ports()));
      } catch (IOException | RuntimeException | InterruptedException failed) {
        supervisor.stop();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What a worker needs before it can start. */
  private static List<Part> groundwork(LocalOptions options, Supervisor supervisor)
      throws IOException, InterruptedException {
    Set<PartName> wanted = options.parts();
    Directory directory = supervisor.directory();
    Ports ports = supervisor.ports();
    Caches caches = Caches.ofUser(System.getenv());
    var parts = new ArrayList<Part>();
    if (wanted.contains(PartName.POSTGRES)) {
      parts.add(new PostgresPart(directory, ports, PostgresPrograms.unpack(caches)));
    }
    if (wanted.contains(PartName.TEMPORAL)) {
      Path executable = new TemporalCli(caches, options.events()).find();
      parts.add(new TemporalPart(directory, ports, executable));
    }
    if (wanted.contains(PartName.SANDBOX)) {
      parts.add(new SandboxPart(directory, ports));
    }
    return parts;
  }

  public Addresses addresses() {
    return addresses;
  }

  /**
   * The process id of a part that serves.
   *
   * @throws IllegalStateException while it is being started again
   */
  public long pid(PartName part) {
    return supervisor
        .ready(part)
        .orElseThrow(() -> new IllegalStateException(part.word() + " does not serve just now"))
        .pid();
  }

  /**
   * Waits until a part serves in another process than the given one, as after a kill.
   *
   * @return the new process id
   * @throws CannotStart when it takes longer than patience
   */
  public long awaitOtherThan(PartName part, long pid, Duration patience)
      throws InterruptedException {
    return supervisor.awaitOtherThan(part, pid, patience);
  }

  /**
   * Stops all parts in order, the worker first, also in a thread that was interrupted. Once is
   * enough; again does nothing.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      supervisor.stop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
