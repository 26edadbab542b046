package dev.orderflow.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/orderflow.toml} is where the keys are explained: it says what is true. */
class DocumentedConfigTest {

  private static final Path DOCUMENT = Path.of("..", "deploy", "orderflow.toml");

  /** Besides these, whose values are examples, the document changes nothing. */
  private static final String REQUIRED =
      """
      [database]
      url = "jdbc:postgresql://localhost:5432/orderflow"

      [notification]
      host = "localhost"
      from = "Example Shop <shop@example.org>"
      """;

  /** Tables whose keys are names that the shop gives. */
  private static final Set<String> MAPS =
      Set.of("codec.keys", "payment.channels", "payment.guards");

  @TempDir Path directory;

  @Test
  void itStatesTheDefaults() throws IOException {
    Path required = Files.writeString(directory.resolve("required.toml"), REQUIRED);

    assertThat(WorkerConfig.read(DOCUMENT, Map.of()))
        .isEqualTo(WorkerConfig.read(required, Map.of()));
  }

  @Test
  void itNamesEveryKeyAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    collect("", new TomlMapper().readTree(everythingWrittenOut()), named);

    assertThat(named).containsExactlyInAnyOrderElementsOf(WorkerConfig.keys());
  }

  @Test
  void everyExampleInItCanBeUsed() throws IOException {
    Files.createDirectory(directory.resolve("secrets"));
    for (String secret :
        new String[] {
          "database-password",
          "codec-2026-01",
          "codec-token",
          "sandbox-key",
          "acme-key",
          "probe-token",
          "sandbox-webhook",
          "smtp-password",
          "stripe-webhook"
        }) {
      Files.writeString(directory.resolve("secrets").resolve(secret), "x".repeat(16));
    }
    Files.writeString(directory.resolve("secrets").resolve("stripe-key"), "sk_test_1");
    // Of percent and amount a campaign has only one; of its limits a velocity rule.
    String text =
        everythingWrittenOut()
            .replace("percent = 10\n", "")
            .replace("quantity = 20\n", "")
            .replace("amount = \"EUR 500.00\"\n", "");
    Path file = Files.writeString(directory.resolve("orderflow.toml"), text);

    WorkerConfig config = WorkerConfig.read(file, Map.of());

    assertThat(config.payment().sandbox()).isPresent();
    assertThat(config.payment().channels()).containsKeys("acme", "stripe");
    assertThat(config.payment().guards()).containsKey("acme");
    assertThat(config.order().reward()).isPresent();
    assertThat(config.gateway().orElseThrow().codec()).isPresent();
    assertThat(config.risk().velocity()).hasSize(1);
    assertThat(config.codec().mode()).contains(CodecConfig.Mode.AES_GCM);
  }

  /** The document with what is commented out written: keys and tables, which prose never is. */
  private static String everythingWrittenOut() throws IOException {
    return Files.readString(DOCUMENT)
        .lines()
        .map(line -> line.matches("# ([a-z-]+ = .+|\\[.+])") ? line.substring(2) : line)
        .collect(Collectors.joining("\n"));
  }

  private static void collect(String path, JsonNode node, Set<String> named) {
    if (node.isArray() && !node.isEmpty()) {
      collect(path, node.get(0), named);
    } else if (node.isObject() && !MAPS.contains(path) && !isSecret(node)) {
      node.properties()
          .forEach(
              e ->
                  collect(
                      path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), named));
    } else {
      named.add(path);
    }
  }

  private static boolean isSecret(JsonNode node) {
    return node.size() == 1 && (node.has("file") || node.has("env"));
  }
}
