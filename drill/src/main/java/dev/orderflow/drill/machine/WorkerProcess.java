package dev.orderflow.drill.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.dev.JavaProgram;
import dev.orderflow.drill.AtExit;
import dev.orderflow.worker.WorkerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, which can be killed, stopped and let go on. */
public final class WorkerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Whatever the class path says of logging: readiness is read in the log. */
  private static final String SAYS_WHEN_READY = "-Dorg.slf4j.simpleLogger.log.dev.orderflow=info";

  private static final String READY = "Working on task queue";

  /** What starts fast is not what runs fast. */
  private static final List<String> SOON_READY =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", SAYS_WHEN_READY);

  private final Process process;
  private final Path log;
  private final AtExit end;
  private boolean paused;

  private WorkerProcess(Path folder, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    this(folder, new JavaProcess(options, log(folder)).builder(main.getName(), arguments));
  }

  private WorkerProcess(Path folder, ProcessBuilder builder) throws IOException {
    this.log = log(folder);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    end = AtExit.run(process::destroyForcibly);
  }

  private static Path log(Path folder) {
    return folder.resolve("worker.log");
  }

  /**
   * A worker as it is shipped, with the compiler that production has, on its way.
   *
   * @param more arguments of {@code orderflow worker}
   */
  public static WorkerProcess begin(Machine machine, Path config, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of(more));
    return begin(
        Files.createTempDirectory(machine.folder(), "worker"),
        List.of("-Xmx160m", "-XX:+UseSerialGC", SAYS_WHEN_READY),
        arguments);
  }

  /** A gateway as it is shipped, likewise. */
  public static WorkerProcess beginGateway(Path folder, Path config) throws IOException {
    return begin(folder, SOON_READY, List.of("--role", "gateway", "--config", config.toString()));
  }

  private static WorkerProcess begin(Path folder, List<String> jvm, List<String> arguments)
      throws IOException {
    List<String> options = new ArrayList<>(jvm);
    options.addAll(JavaProgram.sharing());
    return new WorkerProcess(folder, options, WorkerMain.class, arguments);
  }

  /** The worker as it is shipped, ready to work. */
  public static WorkerProcess start(Machine machine) throws IOException {
    return start(machine, machine.config());
  }

  /** The same, with a configuration of the test's own. */
  public static WorkerProcess start(Machine machine, Path config) throws IOException {
    Path folder = Files.createTempDirectory(machine.folder(), "worker");
    List<String> arguments = List.of("--config", config.toString());
    return new WorkerProcess(folder, SOON_READY, WorkerMain.class, arguments).awaitReady();
  }

  /** One that another program starts, ready to work; its files are in that folder. */
  public static WorkerProcess start(Path folder, ProcessBuilder program) throws IOException {
    return new WorkerProcess(folder, program).awaitReady();
  }

  /**
   * A worker of the test's own, ready to work.
   *
   * @param folder a new one, for its log
   * @param main which says in its log what ours says when it is ready
   */
  public static WorkerProcess start(Path folder, Class<?> main, List<String> arguments)
      throws IOException {
    return new WorkerProcess(folder, SOON_READY, main, arguments).awaitReady();
  }

  /** Waits until it works. */
  public WorkerProcess awaitReady() {
    return awaitReady(READY);
  }

  /** Waits until it has said this. */
  public WorkerProcess awaitReady(String said) {
    try {
      await().atMost(PATIENCE).until(() -> hasSaid(said));
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private boolean hasSaid(String said) {
    mustLive();
    return said().contains(said);
  }

  /** Fails where it has ended, with what it said. */
  public void mustLive() {
    assertThat(process.isAlive()).as(() -> "alive; it said: " + said()).isTrue();
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in the middle of whatever it does. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
    paused = true;
  }

  /** Lets it go on as if nothing had been. */
  public void resume() throws IOException, InterruptedException {
    signal("CONT");
    paused = false;
  }

  private void signal(String name) throws IOException, InterruptedException {
    List<String> command =
        List.of("sh", "-c", "kill -" + name + " \"$0\"", Long.toString(process.pid()));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** Ends it in order, or by force where that takes too long. */
  @Override
  public void close() {
    if (paused) {
      process.destroyForcibly();
    }
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    end.forget();
  }
}
