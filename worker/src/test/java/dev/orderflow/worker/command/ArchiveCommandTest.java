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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archiving as an operator does it. */
class ArchiveCommandTest {

  private static final OrderId ORDER = OrderId.ofKey("archive");

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws Exception {
    machine = new OneMachine(directory, "127.0.0.1:9");
    machine.write(OneMachine.FREE_OF_CHARGE);
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
    rejected(ORDER, "archive", "2024-01-02");
  }

  private static void rejected(OrderId order, String key, String day) throws SQLException {
    execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
          document, refund_window_seconds, reason_code, reason_message, ending, placed_at,
          ended_at, updated_at)
        values ('%1$s', '%2$s', repeat('0', 64), 'c-1', 'REJECTED', 'EUR', '{"secret": 1}', 0,
          'OUT_OF_STOCK', 'there is none', 'REJECTED', '%3$s', '%3$s', '%3$s')
        """
            .formatted(order, key, day));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = machine.postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  private static CommandRun run(String... args) {
    return CommandRun.of(new ArchiveCommand(), machine.config, args);
  }

  @Test
  void anEndedOrderIsCountedThenArchivedThenForgotten() {
    JsonNode counted = run("--dry-run").objects().get(0);
    assertThat(counted.path("archived").asLong()).isOne();
    assertThat(counted.path("dryRun").asBoolean()).isTrue();

    assertThat(run("--before", "2024-01-02").objects().get(0).path("archived").asLong()).isZero();
    assertThat(run("--before", "2024-01-03").objects().get(0).path("archived").asLong()).isOne();
    assertThat(run("--output", "table").out())
        .containsPattern(
            "^0 orders archived, untouched since 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");

    CommandRun timeline = CommandRun.of(new TimelineCommand(), machine.config, ORDER.value());
    assertThat(timeline.code()).isEqualTo(5);
    assertThat(timeline.err())
        .isEqualTo(
            "order "
                + ORDER
                + " ended as REJECTED on 2024-01-02 and is archived: nothing can be done for it any"
                + " more");
    assertThat(CommandRun.of(new DisputeCommand(), machine.config, "show", ORDER.value()).code())
        .isEqualTo(5);
    JsonNode audit = CommandRun.of(new AuditCommand(), machine.config).objects().get(0);
    assertThat(audit.path("orders").asLong()).isOne();
    assertThat(audit.path("archived").asLong()).isOne();

    assertThat(run("--forget-before", "2024-01-03", "--dry-run").objects().get(0).toString())
        .contains("\"forgotten\":1")
        .doesNotContain("archived");
    assertThat(run("--forget-before", "2024-01-03", "--output", "table").out())
        .isEqualTo(
            "the documents of 1 archived orders are deleted, which ended before"
                + " 2024-01-03 00:00:00Z\n");
    assertThat(run("--forget-before", "540d").objects().get(0).path("forgotten").asLong()).isZero();
  }

  @Test
  void anOrderThatTheDatabaseRefusesIsNamedAndTheRunEndsWithOne() throws SQLException {
    OrderId order = OrderId.ofKey("refused");
    rejected(order, "refused", "2023-01-02");
    // A counter that is wrong already.
    execute("insert into coupon (code, percent, uses_allowed) values ('WRONG', 10, 1)");
    execute(
        """
        insert into coupon_use (order_id, code, state, expires_at)
        values ('%s', 'WRONG', 'REDEEMED', '2024-01-02')
        """
            .formatted(order));
    try {
      CommandRun run = run("--before", "2023-01-03");

      assertThat(run.code()).isOne();
      assertThat(run.err())
          .startsWith(order + " stays: ERROR: new row for relation \"coupon\" violates")
          .endsWith("1 orders stay because the database refused; orderflow audit may say why");
      assertThat(run.objects()).hasSize(1);
    } finally {
      execute("delete from coupon_use");
      execute("delete from sales_order where id = '%s'".formatted(order));
    }
  }

  @Test
  void aTimeThatIsNoneOrTooNearIsRefusedWithItsRemedy() {
    assertThat(run("--before", "2099-01-01").err())
        .isEqualTo("--before: '2099-01-01' is in the future");
    assertThat(run("--before", "539d").err())
        .startsWith(
            "--before: '539d' is less than 540 days ago, when a customer's bank, or the shop"
                + " itself, may still refund it; name 20")
        .endsWith(" or an earlier day");
    assertThat(run("--before", "yesterday").err())
        .isEqualTo(
            "--before: 'yesterday' is neither a day such as 2024-07-01 nor an age such as 730d");
    assertThat(run("--forget-before", "2099-01-01").err()).contains("is in the future");
    for (String[] args :
        List.of(
            new String[] {"--forget-before", "30d"},
            new String[] {"--forget-before", "30d", "--dry-run"})) {
      CommandRun soon = run(args);
      assertThat(soon.code()).isEqualTo(2);
      assertThat(soon.err()).startsWith("--forget-before: '30d' is less than 540 days ago, when a");
    }
    CommandRun both = run("--before", "600d", "--forget-before", "600d");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("exclude each other");
  }
}
