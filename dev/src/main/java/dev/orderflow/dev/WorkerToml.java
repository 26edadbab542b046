package dev.orderflow.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two configuration files that a machine offers to workers, clients and commands. */
final class WorkerToml {
  private WorkerToml() {}

  static void write(Directory directory, Ports ports, String besides) throws IOException {
    Directory.write(
        directory.temporalToml(),
        """
        # Written by `orderflow dev`.
        [profile.default]
        address = %s
        namespace = %s
        """
            .formatted(text(TemporalPart.address(ports)), text(TemporalPart.NAMESPACE)));
    Directory.write(
        directory.workerToml(),
        """
        # Written by `orderflow dev`, for this machine only: payments are played by the sandbox,
        # and what Temporal stores is not encrypted.
        sandbox = "allowed"

        [temporal]
        config-file = %s
        profile = "default"

        [database]
        url = %s
        user = %s
        password = { file = %s }

        [codec]
        mode = "none"

        [order]
        review-above = ["EUR 500.00"]

        [order.reward]
        campaign = "thank-you"
        from = "EUR 50.00"

        [[reward.campaigns]]
        name = "thank-you"
        percent = 5

        [payment]
        default-channel = "sandbox"

        [payment.sandbox]
        url = %s
        api-key = { file = %s }
        webhook-secrets = [{ file = %s }]

        [notification]
        host = "127.0.0.1"
        port = %d
        start-tls = false
        from = "Example Shop <shop@example.com>"

        [health]
        port = %d

        [gateway]
        listen = "127.0.0.1:%d"
        """
                .formatted(
                    text(directory.temporalToml()),
                    text(PostgresPart.url(ports)),
                    text(PostgresPart.USER),
                    text(PostgresPart.password(directory)),
                    text(SandboxPart.url(ports)),
                    text(SandboxPart.apiKey(directory)),
                    text(SandboxPart.webhookSecret(directory)),
                    ports.of(Port.SMTP),
                    ports.of(Port.WORKER),
                    ports.of(Port.GATEWAY))
            + besides
            + ownChannels(directory));
  }

  /** The shop's own payment channels and routes, which it keeps in a file beside ours. */
  private static String ownChannels(Directory directory) throws IOException {
    Path own = directory.file("channels.toml");
    return Files.exists(own) ? "\n# From channels.toml.\n" + Files.readString(own) : "";
  }

  private static String text(Object value) {
    return '"' + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
