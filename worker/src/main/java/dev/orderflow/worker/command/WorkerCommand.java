package dev.orderflow.worker.command;

import dev.orderflow.worker.Role;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.config.WorkerConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries orders until the process is told to stop. */
@Command(
    name = "worker",
    description = "Carry orders until told to stop (SIGTERM), then finish what was begun.")
final class WorkerCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--role",
      paramLabel = "gateway|worker|both",
      description =
          "Receive payment providers' callbacks, carry orders, or both (default: both where the"
              + " configuration has [gateway], otherwise worker)")
  private Role role;

  @Override
  public Integer call() throws InterruptedException {
    WorkerLog.configure();
    RunningWorker worker = prepare();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker), "stop"));
    worker.begin();
    new CountDownLatch(1).await();
    return 0;
  }

  private RunningWorker prepare() {
    try {
      WorkerConfig read = config.read();
      return RunningWorker.prepare(read, role == null ? Role.of(read) : role);
    } catch (Refusal e) {
      throw e.toCli();
    }
  }

  /** A stop that was asked for and went well is a success, which a signal's own exit code isn't. */
  private static void stop(RunningWorker worker) {
    worker.close();
    Runtime.getRuntime().halt(0);
  }
}
