package dev.orderflow.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts the process of one part, or takes over the one that an earlier supervisor left. */
final class Starter {
  private static final Duration ANSWERS_SOON = Duration.ofSeconds(8);

  /** The threads of a process that was killed may hold its ports for a moment longer. */
  private static final Duration UNTIL_FREE = Duration.ofSeconds(2);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);

  private final Part part;
  private final Directory directory;
  private final Ports ports;
  private final Consumer<String> events;

  Starter(Part part, Directory directory, Ports ports, Consumer<String> events) {
    this.part = part;
    this.directory = directory;
    this.ports = ports;
    this.events = events;
  }

  /** The process an earlier supervisor left, if it is as it should be; otherwise it is ended. */
  Optional<ProcessHandle> takeOver() throws IOException, InterruptedException {
    Optional<OwnProcess> remembered = directory.recall(part.name());
    Optional<ProcessHandle> adopted = Optional.empty();
    if (remembered.isPresent()) {
      adopted = remembered.get().find();
      boolean same = remembered.get().fingerprint().equals(part.launch().fingerprint());
      if (adopted.isPresent() && !(same && answersSoon(adopted.get(), ANSWERS_SOON))) {
        adopted = Optional.empty();
      }
    }
    endOthers(adopted);
    adopted.ifPresent(
        process ->
            events.accept(
                "%s still runs as process %d: taken over"
                    .formatted(part.name().word(), process.pid())));
    return adopted;
  }

  /** Ends whatever bears the part's mark, and nothing else. */
  void endOthers(Optional<ProcessHandle> except) throws IOException, InterruptedException {
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      boolean spared = except.equals(Optional.of(process)) || isChildOf(process, except);
      if (!spared && part.mark().isOn(process.pid()) && OwnProcess.lives(process)) {
        events.accept(
            "%s: ending process %d, left by an earlier run"
                .formatted(part.name().word(), process.pid()));
        OwnProcess.end(process, part);
      }
    }
    if (except.isEmpty()) {
      directory.forget(part.name());
    }
  }

  /** PostgreSQL's children look like their parent for a moment. */
  private static boolean isChildOf(ProcessHandle process, Optional<ProcessHandle> parent) {
    return parent.isPresent() && process.parent().equals(parent);
  }

  /** Starts it; what holds one of its ports is named and left alone. */
  ProcessHandle start() throws IOException, InterruptedException {
    part.prepare();
    for (Port port : part.ports()) {
      refuseTaken(port);
    }
    Launch launch = part.launch();
    var log = new LogFile(directory.log(part.name()));
    log.bound();
    ProcessHandle process =
        launch
            .builder(Sessions.startOfItsOwn(), log.path())
            .directory(directory.root().toFile())
            .start()
            .toHandle();
    directory.remember(part.name(), OwnProcess.of(process, launch, part.mark()));
    return process;
  }

  private void refuseTaken(Port port) throws InterruptedException {
    int number = ports.of(port);
    long deadline = System.nanoTime() + UNTIL_FREE.toNanos();
    while (!PortChoice.isFree(number)) {
      if (System.nanoTime() < deadline) {
        TimeUnit.NANOSECONDS.sleep(BETWEEN_QUESTIONS.toNanos());
        continue;
      }
      throw new CannotStart(
          CannotStart.Reason.PORT_TAKEN,
          "port %d, wanted by %s, is taken by %s: end that, or choose another port with %s"
              .formatted(
                  number,
                  part.name().word(),
                  PortHolder.describe(number).orElse("a process this user may not see"),
                  port.option()));
    }
  }

  /** Asks until it answers, ends, or the time is over. */
  boolean answersSoon(ProcessHandle process, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (OwnProcess.lives(process) && System.nanoTime() < deadline) {
      if (part.answers()) {
        return true;
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_QUESTIONS.toNanos());
    }
    return false;
  }
}
