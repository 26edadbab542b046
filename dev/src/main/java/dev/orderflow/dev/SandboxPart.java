package dev.orderflow.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The outside world in miniature: a payment provider and a mail sink. */
final class SandboxPart implements Part {
  static final String MAIN_CLASS = "dev.orderflow.sandbox.SandboxMain";

  /** It remembers everything it was ever told: of a heap of 96 MB, 52,000 orders took all. */
  private static final List<String> JVM =
      List.of("-Xms96m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private final Directory directory;
  private final Ports ports;

  SandboxPart(Directory directory, Ports ports) {
    this.directory = directory;
    this.ports = ports;
  }

  static URI url(Ports ports) {
    return URI.create("http://127.0.0.1:" + ports.of(Port.SANDBOX));
  }

  static Path apiKey(Directory directory) throws IOException {
    return directory.secret("sandbox-api-key");
  }

  /** What signs the callbacks. */
  static Path webhookSecret(Directory directory) throws IOException {
    return directory.secret("sandbox-webhook");
  }

  @Override
  public PartName name() {
    return PartName.SANDBOX;
  }

  @Override
  public Set<Port> ports() {
    return Set.of(Port.SANDBOX, Port.SMTP);
  }

  @Override
  public Mark mark() {
    return JavaProgram.mark(directory, name());
  }

  @Override
  public void prepare() throws IOException {
    apiKey(directory);
    webhookSecret(directory);
    Files.createDirectories(directory.file("sandbox"));
  }

  @Override
  public Launch launch() throws IOException {
    return JavaProgram.launch(
        MAIN_CLASS,
        JVM,
        mark(),
        List.of(
            "--http-port",
            Integer.toString(ports.of(Port.SANDBOX)),
            "--smtp-port",
            Integer.toString(ports.of(Port.SMTP)),
            "--data",
            directory.file("sandbox").toString(),
            "--api-key-file",
            apiKey(directory).toString(),
            "--callback-url",
            WorkerPart.callbacks(ports).toString(),
            "--callback-secret-file",
            webhookSecret(directory).toString()),
        List.of());
  }

  @Override
  public boolean answers() {
    return Http.answersOk(url(ports).resolve("/health"));
  }
}
