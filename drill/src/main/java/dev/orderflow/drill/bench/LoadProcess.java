package dev.orderflow.drill.bench;

import dev.orderflow.drill.machine.JavaProcess;
import dev.orderflow.workflows.payload.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running {@link LoadMain}. Ends with this process, however this one ends. */
final class LoadProcess implements AutoCloseable {

  private static final String GONE = "";
  private static final long READY_SECONDS = 60;
  private static final long END_SECONDS = 60;

  private final Process process;
  private final JavaProcess java;
  private final PrintStream questions;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private LoadProcess(Process process, JavaProcess java) {
    this.process = process;
    this.java = java;
    this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "load-answers");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it, and returns when it can be asked. */
  static LoadProcess start(
      JavaProcess java, LoadMain.Deployment deployment, Path workerToml, String run)
      throws IOException, InterruptedException {
    List<String> arguments = List.of(deployment.name(), workerToml.toString(), run);
    Process process =
        java.builder(LoadMain.class.getName(), arguments)
            .redirectError(ProcessBuilder.Redirect.appendTo(java.log().toFile()))
            .start();
    LoadProcess load = new LoadProcess(process, java);
    try {
      String first = load.answers.poll(READY_SECONDS, TimeUnit.SECONDS);
      if (!LoadMain.READY.equals(first)) {
        throw java.failed("a measured process did not start");
      }
      return load;
    } catch (IOException | InterruptedException failed) {
      load.close();
      throw failed;
    }
  }

  long pid() {
    return process.pid();
  }

  /** Has customers served; interrupted, it leaves the process serving until it is closed. */
  LoadResult serve(LoadRequest request) throws IOException, InterruptedException {
    questions.println(Json.MAPPER.writeValueAsString(request));
    String answer = answers.take();
    if (answer.equals(GONE)) {
      throw java.failed("a measured process ended");
    }
    return Json.MAPPER.readValue(answer, LoadResult.class);
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        answers.add(line);
      }
    } catch (IOException gone) {
      // said below
    }
    answers.add(GONE);
  }

  /** Lets it finish what it has begun. */
  @Override
  public void close() {
    questions.close();
    JavaProcess.awaitEnd(process, END_SECONDS);
  }
}
