package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.OrderId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an order's time went, as its operator sees it. */
class TimelineCommandTest {

  private static final OrderId ORDER = OrderId.ofKey("timeline");

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws Exception {
    machine = new OneMachine(directory, "127.0.0.1:9");
    machine.write(OneMachine.FREE_OF_CHARGE);
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
    try (Connection connection = machine.postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
            document, refund_window_seconds, plan, total, placed_at)
          values ('%1$s', 'timeline', repeat('0', 64), 'c-1', 'PLACED', 'EUR', '{}', 0, '{}', 100,
            now() - interval '1 minute');
          insert into operation
            (key, order_id, step, n, state, fingerprint, created_at, updated_at, first_sent_at)
          values ('%1$s/charge/1', '%1$s', 'CHARGE', 1, 'PENDING', repeat('0', 64),
            now() - interval '50 seconds', now(), now() - interval '50 seconds')
          """
              .formatted(ORDER));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  private static CommandRun run(String... args) {
    return CommandRun.of(new TimelineCommand(), machine.config, args);
  }

  @Test
  void anOrdersStagesSayWhoIsWaitedFor() {
    JsonNode way = run(ORDER.value()).objects().get(0);

    assertThat(way.path("stages"))
        .extracting(stage -> stage.path("stage").asText() + " " + stage.path("waitedFor").asText())
        .containsExactly("until charge/1 US", "charge/1 PROVIDER");
    assertThat(way.path("stages").path(1).path("durationMillis").asLong())
        .isGreaterThanOrEqualTo(50_000);
    assertThat(way.path("totalMillis").path("US").asLong()).isEqualTo(10_000);
  }

  @Test
  void ofAllOrdersItIsSaidWhereTheyWaitNow() {
    assertThat(run("--all").objects())
        .singleElement()
        .satisfies(
            stage -> {
              assertThat(stage.path("stage").asText()).isEqualTo("charge");
              assertThat(stage.path("waitingNow").asLong()).isEqualTo(1);
            });
  }

  @Test
  void anOrderThatIsNotThereIsSaidSo() {
    CommandRun none = run(OrderId.ofKey("nobody's").value());

    assertThat(none.code()).isEqualTo(4);
    assertThat(none.err()).contains("the ledger has no order");
  }

  @Test
  void oneOrAllHasToBeChosen() {
    assertThat(run().code()).isEqualTo(2);
    CommandRun both = run(ORDER.value(), "--all");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("ORDER: '" + ORDER + "' and --all exclude each other");
    CommandRun since = run("--since", "1h", ORDER.value());
    assertThat(since.code()).isEqualTo(2);
    assertThat(since.err()).contains("ORDER: '" + ORDER + "' and --since exclude each other");
  }
}
