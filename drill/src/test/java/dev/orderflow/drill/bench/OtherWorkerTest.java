package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orderflow.dev.Directory;
import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherWorkerTest {

  private static final String FIRST =
      """
      sandbox = "allowed"

      [temporal]
      task-queue = "bench-orders"
      orders-at-once = 64

      [database]
      url = "jdbc:postgresql://127.0.0.1:5432/orderflow"

      [codec]
      mode = "none"

      [order]
      review-above = ["EUR 500.00"]

      [[reward.campaigns]]
      name = "thank-you"
      percent = 5

      [notification]
      host = "127.0.0.1"
      from = "Example Shop <shop@example.com>"

      [health]
      port = 8081
      """;

  @Test
  void itIsConfiguredAsTheFirstOneButForItsOwnLines(@TempDir Path directory) throws IOException {
    Path toml = directory.resolve("bench.toml");
    Files.writeString(toml, FIRST);
    WorkerConfig first = WorkerConfig.read(toml);

    Path written =
        BenchToml.writeOther(
            new Directory(directory),
            List.of(
                "temporal.orders-at-once=16",
                "inbox.keep-for='9d'",
                "temporal.task-queue='bench-orders-t'",
                "order.review-above=['EUR 900.00']"),
            "t");

    WorkerConfig other = WorkerConfig.read(written);
    assertThat(other.temporal().ordersAtOnce()).isEqualTo(16);
    assertThat(other.inbox().keepFor()).hasDays(9);
    assertThat(other.temporal().taskQueue())
        .as("whatever is said, no order of the first one's")
        .isEqualTo("bench-other-t");
    assertThat(other.health().port()).as("a port of its own").isNotEqualTo(first.health().port());
    assertThat(other.order().reviewAbove()).as("and not both").hasSize(1);
    assertThat(other.database()).isEqualTo(first.database());
    assertThat(other.reward()).isEqualTo(first.reward());
  }

  @Test
  void twoLinesOfOneKeyAreRefused() {
    List<String> settings = List.of("inbox.keep-for='9d'", "inbox.keep-for='8d'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OtherWorker(settings, Optional.empty()))
        .withMessageContaining("keep-for");
  }

  @Test
  void aLineThatIsNoTomlIsRefusedBeforeAnythingStarts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OtherWorker(List.of("database.pool-size 6"), Optional.empty()))
        .withMessageStartingWith("--other database.pool-size 6: is not TOML");
  }
}
