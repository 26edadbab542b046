package dev.orderflow.drill.machine;

import dev.orderflow.cli.Main;
import dev.orderflow.dev.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program of ours is started: on this JVM, with this class path, and in a session of its own,
 * so that a Ctrl-C ends it in order and not at once.
 *
 * @param options for the JVM
 * @param log where it says what goes wrong
 */
public record JavaProcess(List<String> options, Path log) {

  private static final int TAIL = 20;

  /** Of the process, which is not started yet. */
  public ProcessBuilder builder(String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(Sessions.startOfItsOwn());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("TEMPORAL_"));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder;
  }

  /** Says what a process that was started so has not done, with the end of what it said. */
  public IOException failed(String what) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    List<String> last = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
    return new IOException(what + "; it said last:\n" + String.join("\n", last));
  }

  /**
   * Runs {@code orderflow setup}: makes what a worker of that configuration needs, the namespace
   * too, where it is missing.
   *
   * @throws IOException with what it said last, where it failed
   */
  public void setUp(Path config) throws IOException, InterruptedException {
    Process setUp =
        builder(
                Main.class.getName(),
                List.of("setup", "--create-namespace", "--config", config.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (setUp.waitFor() != 0) {
        throw failed("the set-up failed");
      }
    } finally {
      setUp.destroyForcibly();
    }
  }

  /** Waits for its end, also in a thread that is interrupted; what is late is ended by force. */
  public static void awaitEnd(Process process, long seconds) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException again) {
      interrupted = true;
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
