package dev.orderflow.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where everything on this machine is.
 *
 * @param temporal host and port of the Temporal front end
 * @param namespace the Temporal namespace
 * @param webUi Temporal's Web UI
 * @param database JDBC URL
 * @param databaseUser its user
 * @param databasePasswordFile the file that holds the password
 * @param sandbox base URL of the payment provider in the sandbox
 * @param sandboxApiKeyFile the file that holds its bearer key
 * @param smtp host and port of the mail sink
 * @param health URL of the worker's health page
 * @param callbacks where payment providers report to, followed by a channel's name
 * @param temporalToml Temporal's environment configuration for clients
 * @param workerToml the worker's configuration
 */
public record Addresses(
    String temporal,
    String namespace,
    URI webUi,
    String database,
    String databaseUser,
    Path databasePasswordFile,
    URI sandbox,
    Path sandboxApiKeyFile,
    String smtp,
    URI health,
    URI callbacks,
    Path temporalToml,
    Path workerToml) {

  static Addresses of(Directory directory, Ports ports) throws IOException {
    return new Addresses(
        TemporalPart.address(ports),
        TemporalPart.NAMESPACE,
        TemporalPart.webUi(ports),
        PostgresPart.url(ports),
        PostgresPart.USER,
        PostgresPart.password(directory),
        SandboxPart.url(ports),
        SandboxPart.apiKey(directory),
        "127.0.0.1:" + ports.of(Port.SMTP),
        WorkerPart.health(ports),
        WorkerPart.callbacks(ports),
        directory.temporalToml(),
        directory.workerToml());
  }
}
