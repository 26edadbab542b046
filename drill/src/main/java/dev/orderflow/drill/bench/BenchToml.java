package dev.orderflow.drill.bench;

import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.Directory;
import dev.orderflow.drill.machine.TemporalServer;
import dev.orderflow.drill.machine.Toml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the measured workers: that of the machine, but each with a task queue of its
 * own, and for the given Temporal server.
 *
 * @param temporal where Temporal is
 * @param worker of the one that the starter is in
 * @param remoteWorker of the one that is a process of its own
 */
record BenchToml(Path temporal, Path worker, Path remoteWorker) {

  private static final String WORKER = "bench.toml";

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
    return new BenchToml(
        temporal,
        write(directory.file(WORKER), machines, own("orders", run, freePort())),
        write(directory.file("bench-remote.toml"), machines, own("far", run, freePort())));
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
}
