package dev.orderflow.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Temporal's development server with its Web UI and a database file that lasts. */
final class TemporalPart implements Part {
  static final String NAMESPACE = "default";

  private final Path executable;
  private final Ports ports;
  private final Path database;

  TemporalPart(Directory directory, Ports ports, Path executable) {
    this.executable = executable;
    this.ports = ports;
    this.database = directory.file("temporal.db");
  }

  static String address(Ports ports) {
    return "127.0.0.1:" + ports.of(Port.TEMPORAL);
  }

  static URI webUi(Ports ports) {
    return URI.create("http://127.0.0.1:" + ports.of(Port.TEMPORAL_UI));
  }

  @Override
  public PartName name() {
    return PartName.TEMPORAL;
  }

  @Override
  public Set<Port> ports() {
    return Set.of(Port.TEMPORAL, Port.TEMPORAL_UI);
  }

  @Override
  public Mark mark() {
    return new Mark(TemporalCli.PROGRAM, database.toString());
  }

  @Override
  public void prepare() throws IOException {
    // It makes its database itself.
  }

  @Override
  public Launch launch() {
    return Launch.of(
        List.of(
            executable.toString(),
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--port",
            Integer.toString(ports.of(Port.TEMPORAL)),
            "--ui-port",
            Integer.toString(ports.of(Port.TEMPORAL_UI)),
            "--db-filename",
            database.toString(),
            "--log-level",
            "warn",
            "--search-attribute",
            "OrderStatus=Keyword",
            "--search-attribute",
            "CustomerId=Keyword",
            "--search-attribute",
            "PaymentChannel=Keyword",
            "--dynamic-config-value",
            "system.enableActivityEagerExecution=true"));
  }

  /** Through the Web UI to the server behind it, so that both are asked. */
  @Override
  public boolean answers() {
    return Http.answersOk(webUi(ports).resolve("/api/v1/namespaces/" + NAMESPACE));
  }

  @Override
  public Duration grace() {
    return Duration.ofSeconds(15);
  }
}
