package dev.orderflow.drill.bench;

import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.Directory;
import dev.orderflow.drill.machine.JavaProcess;
import dev.orderflow.drill.machine.TemporalServer;
import dev.orderflow.drill.machine.Toml;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The configuration of the measured workers: that of the machine, but each with a task queue of its
 * own, and for the given Temporal server.
 *
 * @param temporal where Temporal is
 * @param worker of the one that the starter is in
 * @param remoteWorker of the one that is a process of its own
 * @param health where the latter says that it works
 */
record BenchToml(Path temporal, Path worker, Path remoteWorker, URI health) {

  private static final String WORKER = "bench.toml";
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * @param run what no other run on the same Temporal server is called
   */
  static BenchToml write(
      Directory directory, Addresses addresses, Optional<TemporalServer> given, String run)
      throws IOException {
    Path temporal = addresses.temporalToml();
    if (given.isPresent()) {
      temporal = Files.writeString(directory.file("bench-temporal.toml"), given.get().toml());
    }
    String served = "temporal.config-file = '" + temporal + "'";
    String machines = Toml.with(Files.readString(addresses.workerToml()), served);
    int port = freePort();
    return new BenchToml(
        temporal,
        write(directory.file(WORKER), machines, own("orders", run, freePort())),
        write(directory.file("bench-remote.toml"), machines, own("far", run, port)),
        URI.create("http://127.0.0.1:" + port + "/health"));
  }

  /** The configuration of the measured worker, but for some settings. */
  static Path writeOther(Directory directory, List<String> settings, String run)
      throws IOException {
    String first = Files.readString(directory.file(WORKER));
    return write(
        directory.file("bench-other.toml"),
        Toml.with(first, String.join("\n", settings)),
        own("other", run, freePort()));
  }

  /** What no two workers may share. */
  private static String own(String name, String run, int healthPort) {
    return "temporal.task-queue = 'bench-%s-%s'\nhealth.port = %d".formatted(name, run, healthPort);
  }

  private static Path write(Path file, String toml, String instead) throws IOException {
    return Files.writeString(file, Toml.with(toml, instead));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts {@code orderflow worker}, and returns when it works. */
  Process startRemoteWorker(JavaProcess java) throws IOException, InterruptedException {
    Process process =
        java.builder(
                "dev.orderflow.worker.WorkerMain",
                List.of("--config", remoteWorker.toString(), "--role", "worker"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(java.log().toFile()))
            .start();
    long end = System.nanoTime() + READY_NANOS;
    while (!works()) {
      if (!process.isAlive() || System.nanoTime() > end || Thread.interrupted()) {
        process.destroyForcibly();
        throw java.failed("the worker did not start");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return process;
  }

  private boolean works() {
    try {
      var connection = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(2_000);
      connection.setReadTimeout(2_000);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }
}
