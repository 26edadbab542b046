package dev.orderflow.drill.campaign;

import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.config.WorkerConfig;
import java.nio.file.Path;

/**
 * A worker whose threads stop where its process is to die. Takes the worker's configuration, the
 * file of points and the file to tell in which of them were reached.
 */
final class HaltingWorker {

  private HaltingWorker() {}

  public static void main(String[] arguments) throws Exception {
    WorkerConfig config = WorkerConfig.read(Path.of(arguments[0]));
    Halts halts = new Halts(Path.of(arguments[1]), Path.of(arguments[2]));
    RunningWorker.start(config, new HaltingActivities(config, halts).module());
  }
}
