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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dispute as whoever has to answer it sees it. */
class DisputeCommandTest {

  private static final OrderId DISPUTED = OrderId.ofKey("disputed");

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws Exception {
    machine = new OneMachine(directory, "127.0.0.1:9");
    machine.write(OneMachine.FREE_OF_CHARGE);
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
    open("dp_1", "2026-02-01T00:00:00Z");
    open("dp_2", "2026-01-01T00:00:00Z");
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  /** As the ledger stores it; its order and payment are not what is looked at here. */
  private static void open(String reference, String due) throws SQLException {
    String sql =
        """
        set session_replication_role = replica;
        insert into dispute
          (channel, reference, order_id, payment_key, currency, amount_minor, state,
           reason_code, reason_message, evidence_due_by, opened_by_provider_at, evidence)
        values ('sandbox', '%s', '%s', '%s/charge', 'EUR', 1190, 'OPEN', 'fraudulent', 'Not me.',
          '%s', '2025-12-24T12:00:00Z',
          '{"customer": "ada", "placedAt": "2025-12-01T10:00:00Z",
            "completedAt": "2025-12-01T10:00:05Z", "total": "EUR 11.90",
            "lines": [{"number": 1, "article": "mug", "name": "Mug", "quantity": 1,
                       "net": "EUR 11.90"}],
            "mails": [{"event": "ORDER_CONFIRMED", "state": "SUCCEEDED", "messageId": "m-1",
                       "at": "2025-12-01T10:00:06Z"}],
            "payments": [{"key": "%s/charge", "kind": "CHARGE", "reference": "ch_1",
                          "amount": "EUR 11.90", "at": "2025-12-01T10:00:04Z"}]}')
        """
            .formatted(reference, DISPUTED, DISPUTED, due, DISPUTED);
    try (Connection connection = machine.postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CommandRun run(String... args) {
    return CommandRun.of(new DisputeCommand(), machine.config, args);
  }

  @Test
  void whatMustBeAnsweredFirstIsListedFirstWithoutItsEvidence() {
    CommandRun listed = run("list");

    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.objects())
        .extracting(row -> row.path("reference").asText())
        .containsExactly("dp_2", "dp_1");
    assertThat(listed.objects().get(0).has("evidence")).isFalse();
    assertThat(listed.objects().get(0).path("amount").asText()).isEqualTo("EUR 11.90");
    assertThat(run("list", "--all", "--limit", "1").objects()).hasSize(1);
  }

  @Test
  void anOrdersDisputesAreShownWithWhatTheShopCanProve() {
    CommandRun shown = run("show", DISPUTED.value());

    assertThat(shown.code()).as(shown.err()).isZero();
    JsonNode evidence = shown.objects().get(0).path("evidence");
    assertThat(evidence.path("completedAt").asText()).isEqualTo("2025-12-01T10:00:05Z");
    assertThat(evidence.at("/lines/0/article").asText()).isEqualTo("mug");
    assertThat(evidence.at("/mails/0/event").asText()).isEqualTo("ORDER_CONFIRMED");
    assertThat(evidence.at("/payments/0/reference").asText()).isEqualTo("ch_1");
  }

  @Test
  void aPersonReadsTheSameAsTables() {
    CommandRun shown = run("show", DISPUTED.value(), "--output", "table");

    assertThat(shown.out())
        .contains("dispute    dp_1 at sandbox")
        .contains("opened     2025-12-24 12:00:00Z", "heard      2")
        .contains("answer     at the provider, until 2026-02-01 00:00:00Z")
        .contains("1\tmug\tMug\t1\tEUR 11.90")
        .contains("CHARGE\tEUR 11.90\t")
        .contains("ORDER_CONFIRMED\tSUCCEEDED\t");
  }

  @Test
  void anOrderThatNobodyDisputesIsNotFound() {
    CommandRun shown = run("show", OrderId.ofKey("peaceful").value());

    assertThat(shown.code()).isEqualTo(4);
    assertThat(shown.err()).contains("is disputed; 'orderflow dispute list'");
  }
}
