package dev.orderflow.drill.machine;

import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.PortHolder;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * A Temporal server that is there already.
 *
 * @param address host and port
 * @param pid its process; empty where it is on another machine
 * @param postgresqlPid the process of its database; empty where that is not known
 * @param database its database; empty where that is not known
 */
public record TemporalServer(
    String address,
    OptionalLong pid,
    OptionalLong postgresqlPid,
    Optional<DatabaseAddress> database) {

  /** One of which only the address is known. */
  static TemporalServer at(String address) {
    if (!address.matches("[^:\\s]+:\\d{1,5}")) {
      throw new IllegalArgumentException(
          "--address: " + address + " is not a host and a port, such as 127.0.0.1:7233");
    }
    String host = address.substring(0, address.indexOf(':'));
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    boolean here = host.equals("127.0.0.1") || host.equals("localhost");
    return new TemporalServer(
        address,
        here ? PortHolder.find(port) : OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** The one that {@code drill/temporal-on-postgresql} started there. */
  static TemporalServer in(Path dir) throws IOException {
    Path file = dir.resolve("server");
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "--temporal: no server runs in %s; drill/temporal-on-postgresql start %s starts one"
              .formatted(dir, dir));
    }
    Properties told = new Properties();
    told.load(new StringReader(Files.readString(file)));
    return new TemporalServer(
        told.getProperty("address"),
        OptionalLong.of(Long.parseLong(told.getProperty("pid"))),
        OptionalLong.of(Long.parseLong(told.getProperty("postgres-pid"))),
        Optional.of(
            new DatabaseAddress(
                told.getProperty("database"),
                told.getProperty("database-user"),
                Files.readString(dir.resolve("password")).strip())));
  }

  /** Temporal's configuration for its clients, in its namespace {@code default}. */
  public String toml() {
    return "[profile.default]\naddress = \"%s\"\nnamespace = \"default\"\n".formatted(address);
  }

  /** Lets whatever reads the machine's own files find it there, and use that task queue. */
  void serve(Addresses machine, String taskQueue) throws IOException {
    Files.writeString(machine.temporalToml(), toml());
    String queued = "temporal.task-queue = '" + taskQueue + "'";
    Path worker = machine.workerToml();
    Files.writeString(worker, Toml.with(Files.readString(worker), queued));
  }

  /**
   * Which server it is and of what version, for people.
   *
   * @param client of it
   * @param given empty where it is the machine's own
   */
  public static String inWords(WorkflowClient client, Optional<TemporalServer> given) {
    String version =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
            .getServerVersion();
    return version + ", " + given.map(TemporalServer::kind).orElse("the development server");
  }

  private String kind() {
    return database.isPresent() ? "on PostgreSQL" : "at " + address;
  }
}
