package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A {@link HaltingWorker}: its threads stop where it is to die. */
record DoomedWorker(WorkerProcess process, Path reached) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Ready to work. */
  static DoomedWorker start(Machine machine, Collection<Point> points) throws IOException {
    Path folder = Files.createTempDirectory(machine.folder(), "halting");
    Path wanted = folder.resolve("points");
    Files.write(wanted, points.stream().map(Point::toString).toList());
    Path reached = Files.createFile(folder.resolve("reached"));
    List<String> arguments =
        List.of(machine.config().toString(), wanted.toString(), reached.toString());
    return new DoomedWorker(WorkerProcess.start(folder, HaltingWorker.class, arguments), reached);
  }

  /** Waits until each of these points was reached. */
  void awaitReached(Collection<Point> points) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast("the worker", process::mustLive)
        .untilAsserted(() -> assertThat(pointsReached()).containsAll(points));
  }

  private Set<Point> pointsReached() throws IOException {
    return Files.readAllLines(reached).stream()
        .filter(line -> !line.isBlank())
        .map(Point::parse)
        .collect(Collectors.toSet());
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
