package dev.orderflow.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The worker, with the configuration that {@link WorkerToml} writes. */
final class WorkerPart implements Part {
  static final String MAIN_CLASS = "dev.orderflow.worker.WorkerMain";
  private static final String COMMANDS = "dev.orderflow.cli.Main";

  /**
   * What lives on after thousands of orders is 25 MB, but the collector fills all it may have
   * before it clears the old ones away; beside the heap there are some 215 MB of code, classes,
   * stacks and buffers. With 160 MB the whole stays below 400 MB however long it runs.
   */
  private static final String HEAP = "-Xmx160m";

  private final Directory directory;
  private final Ports ports;

  WorkerPart(Directory directory, Ports ports) {
    this.directory = directory;
    this.ports = ports;
  }

  static URI health(Ports ports) {
    return URI.create("http://127.0.0.1:%d/health".formatted(ports.of(Port.WORKER)));
  }

  static URI callbacks(Ports ports) {
    return URI.create("http://127.0.0.1:%d/callbacks/".formatted(ports.of(Port.GATEWAY)));
  }

  @Override
  public PartName name() {
    return PartName.WORKER;
  }

  @Override
  public Set<Port> ports() {
    return Set.of(Port.WORKER, Port.GATEWAY);
  }

  @Override
  public Mark mark() {
    return JavaProgram.mark(directory, name());
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Path stamp = directory.file("run").resolve("setup");
    Launch setup =
        JavaProgram.launch(
            COMMANDS,
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            new Mark("java", "-Dorderflow.part=" + directory.file("setup")),
            List.of("setup", "--config", directory.workerToml().toString()),
            List.of(Files.readString(directory.workerToml())));
    // What it makes lasts, and a worker that was killed should not wait for it again.
    boolean done = Files.exists(stamp) && Files.readString(stamp).equals(setup.fingerprint());
    if (!done || !JavaProgram.isOfJars()) {
      JavaProgram.run(setup, directory.log(name()));
      Directory.write(stamp, setup.fingerprint());
    }
  }

  @Override
  public Launch launch() throws IOException {
    return JavaProgram.launch(
        MAIN_CLASS,
        List.of(HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
        mark(),
        List.of("--config", directory.workerToml().toString()),
        List.of(Files.readString(directory.workerToml())));
  }

  @Override
  public boolean answers() {
    return Http.answersOk(health(ports));
  }

  /** Without Temporal or its database it says so, and goes on when they are back. */
  @Override
  public boolean lives() {
    return Http.answers(health(ports));
  }

  /** It finishes what it has begun. */
  @Override
  public Duration grace() {
    return Duration.ofSeconds(30);
  }
}
