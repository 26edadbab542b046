package dev.orderflow.drill.callbacks;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code worker --role gateway} on a port of its own, started again when it is killed. */
final class GatewayProcess implements AutoCloseable {

  private static final String READY = "Callbacks at";

  private final Machine machine;
  private final Path config;
  private final int port;
  private volatile WorkerProcess process;

  /** Odd while it is not there; another number after every kill and every start. */
  private volatile int phase = 1;

  private GatewayProcess(Machine machine, Path config, int port) {
    this.machine = machine;
    this.config = config;
    this.port = port;
  }

  /**
   * @param config has it hear callbacks at that port
   */
  static GatewayProcess start(Machine machine, Path config, int port) throws IOException {
    GatewayProcess gateway = new GatewayProcess(machine, config, port);
    gateway.start();
    return gateway;
  }

  private void start() throws IOException {
    Path folder = Files.createTempDirectory(machine.folder(), "gateway");
    process = WorkerProcess.beginGateway(folder, config).awaitReady(READY);
    phase++;
  }

  int port() {
    return port;
  }

  /** The same number before and after: it was there all the while, if the number is even. */
  int phase() {
    return phase;
  }

  static boolean isUp(int phase) {
    return phase % 2 == 0;
  }

  /** As {@code kill -9}; starts it again at once, and returns when it serves. */
  void killAndRestart() throws IOException, InterruptedException {
    phase++;
    process.kill();
    process.close();
    start();
  }

  @Override
  public void close() {
    process.close();
  }
}
