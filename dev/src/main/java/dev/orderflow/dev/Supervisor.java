package dev.orderflow.dev;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches the parts of one machine, and says in {@code dev.json} how it stands. */
final class Supervisor {
  private final Directory directory;
  private final Ports ports;
  private final Consumer<String> events;
  private final FileLock lock;
  private final Map<PartName, Watch> watches = new EnumMap<>(PartName.class);

  private Supervisor(Directory directory, Ports ports, Consumer<String> events, FileLock lock) {
    this.directory = directory;
    this.ports = ports;
    this.events = events;
    this.lock = lock;
  }

  /**
   * Takes the directory.
   *
   * @throws CannotStart when another supervisor has it
   */
  static Supervisor of(Directory directory, PortChoice choice, Consumer<String> events)
      throws IOException {
    FileLock lock =
        directory
            .lock()
            .orElseThrow(
                () ->
                    new CannotStart(
                        CannotStart.Reason.ALREADY_RUNNING,
                        "orderflow already runs in %s%s"
                            .formatted(directory.root(), byProcess(directory))));
    try {
      new Stopping(directory).forget();
      directory.rememberSupervisor(SupervisorRecord.ofThisProcess());
      Ports ports = choice.decide(directory.recallPorts());
      directory.rememberPorts(ports);
      return new Supervisor(directory, ports, events, lock);
    } catch (IOException | RuntimeException failed) {
      lock.channel().close();
      throw failed;
    }
  }

  private static String byProcess(Directory directory) {
    try {
      return directory
          .recallSupervisor()
          .flatMap(SupervisorRecord::find)
          .map(process -> ", watched by process " + process.pid())
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }

  Ports ports() {
    return ports;
  }

  Directory directory() {
    return directory;
  }

  /** Starts these at once and waits until all of them serve. */
  void start(List<Part> parts) throws InterruptedException {
    var begun = parts.stream().map(this::watch).toList();
    begun.forEach(Watch::begin);
    for (int i = 0; i < begun.size(); i++) {
      // Twice, because a start may be tried again, and PostgreSQL is made the first time.
      begun.get(i).awaitOtherThan(-1, parts.get(i).patience().multipliedBy(2));
    }
  }

  private synchronized Watch watch(Part part) {
    var watch = new Watch(part, directory, ports, events, this::writeDevJson);
    watches.put(part.name(), watch);
    return watch;
  }

  long awaitOtherThan(PartName part, long pid, Duration patience) throws InterruptedException {
    return watchOf(part).awaitOtherThan(pid, patience).pid();
  }

  Optional<ProcessHandle> ready(PartName part) {
    return watchOf(part).ready();
  }

  private synchronized Watch watchOf(PartName part) {
    Watch watch = watches.get(part);
    if (watch == null) {
      throw new IllegalArgumentException(part.word() + " is not part of this machine");
    }
    return watch;
  }

  private synchronized void writeDevJson() {
    var processes = new EnumMap<PartName, Long>(PartName.class);
    watches.forEach(
        (name, watch) -> watch.ready().ifPresent(process -> processes.put(name, process.pid())));
    var self = SupervisorRecord.ofThisProcess();
    try {
      Directory.writeJson(
          directory.devJson(),
          new DevJson(
              self.pid(), self.startedAt(), Addresses.of(directory, ports), ports, processes));
    } catch (IOException failed) {
      events.accept("cannot write " + directory.devJson() + ": " + failed.getMessage());
    }
  }

  /** Stops every part, last started first, and gives the directory back. */
  void stop() throws IOException, InterruptedException {
    List<Watch> newestFirst;
    synchronized (this) {
      newestFirst =
          watches.values().stream().sorted((a, b) -> b.name().compareTo(a.name())).toList();
      watches.clear();
    }
    try {
      for (Watch watch : newestFirst) {
        watch.end();
        events.accept(watch.name().word() + " stopped");
      }
      Files.deleteIfExists(directory.devJson());
    } finally {
      lock.channel().close();
    }
  }
}
