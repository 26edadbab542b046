package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for a person, until one says that nothing is left to do. */
class ClosingCommandsTest {

  private static final String CLOSE = "--close";
  private static final String CHANNEL = "--channel";
  private static final String REASON = "--reason";

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    machine = new OneMachine(directory, "127.0.0.1:9");
    machine.write(OneMachine.FREE_OF_CHARGE);
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  @BeforeEach
  void threeEvents() throws SQLException {
    execute(
        """
        truncate inbox;
        insert into inbox (channel, event_id, type, reference, happened_at, state, tries, due_at,
          reason_code, reason_message, order_id, delivered_at)
        values ('shop', 'evt_1', 'paid', 'pi_1', now(), 'PARKED', 7, null, 'UNKNOWN_ORDER', 'No.',
            null, null),
          ('shop', 'evt_2', 'paid', 'pi_2', now(), 'RECEIVED', 0, now(), null, null, null, null),
          ('shop', 'evt_3', 'paid', 'pi_3', now(), 'DELIVERED', 1, null, null, null, '%s', now())
        """
            .formatted(OrderId.ofKey("told")));
  }

  @Test
  void aParkedEventIsShownAndPutOnItsWayAgain() {
    CommandRun parked = inbox("--state", "parked");
    CommandRun retried = inbox("retry", "shop", "evt_1");
    CommandRun again = inbox("retry", "shop", "evt_1");

    assertThat(parked.objects()).hasSize(1);
    assertThat(parked.out())
        .contains("\"event\":\"evt_1\"", "\"tries\":7", "\"code\":\"UNKNOWN_ORDER\"")
        .doesNotContain("dueAt", "closed");
    assertThat(retried.code()).isZero();
    assertThat(again.code()).isEqualTo(4);
    assertThat(again.err()).contains("no event evt_1 of channel shop is parked or closed");
    assertThat(inbox("--state", "received").objects()).hasSize(2);
  }

  @Test
  void aParkedEventIsClosedOnceWithWhoAndWhyAndOpenAgainWhenItIsRetried() {
    CommandRun closed = inbox(CLOSE, "evt_1", CHANNEL, "shop", REASON, "booked by hand");
    CommandRun again = inbox(CLOSE, "evt_1", CHANNEL, "shop", REASON, "another reason");
    CommandRun listed = inbox("--state", "closed");
    CommandRun forPeople = inbox("--output", "table", "--state", "closed");

    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.objects())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("state").asText()).isEqualTo("CLOSED");
              assertThat(event.at("/closed/actor").asText())
                  .isEqualTo(System.getProperty("user.name"));
              assertThat(event.at("/closed/reason").asText()).isEqualTo("booked by hand");
              assertThat(event.at("/closed/at").asText()).endsWith("Z");
            });
    assertThat(again).isEqualTo(closed);
    assertThat(listed).isEqualTo(closed);
    assertThat(forPeople.out())
        .contains("closed by " + System.getProperty("user.name") + ": booked by hand");
    assertThat(inbox("--state", "parked").objects()).isEmpty();

    assertThat(inbox("retry", "shop", "evt_1").code()).isZero();
    assertThat(inbox("--state", "closed").objects()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evt_2   | 5 | --close: event 'evt_2' of channel 'shop' is RECEIVED: it is on its way to
          evt_3   | 5 | --close: event 'evt_3' of channel 'shop' is DELIVERED: order ord-
          evt_4   | 4 | --close: event 'evt_4' of channel 'shop' is not known; 'orderflow inbox
          """)
  void whatIsNotParkedIsNotClosed(String event, int code, String message) {
    CommandRun before = inbox();

    CommandRun refused = inbox(CLOSE, event, CHANNEL, "shop", REASON, "why");

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.err()).startsWith(message).contains("'orderflow inbox --state parked'");
    assertThat(inbox()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --close evt_1 --reason why             | --channel: say whose event 'evt_1' is
          --close evt_1 --channel shop           | --reason: say why 'evt_1' is closed, as in
          --close evt_1 --channel shop --reason= | --reason: say why 'evt_1' is closed, as in
          --channel shop                         | --channel: goes with --close EVENT
          --reason why                           | --reason: goes with --close EVENT
          """)
  void whoClosesSaysWhoseEventItIsAndWhy(String options, String message) {
    CommandRun refused = inbox(options.split(" "));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).startsWith(message);
    assertThat(inbox("--state", "parked").objects()).hasSize(1);
  }

  @Test
  void whatASettlementSaysOfAnArchivedOrderIsClosed() throws SQLException {
    execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency, total,
          plan, document, refund_window_seconds, completed_at, archived_at)
        values ('ord-old', 'old', repeat('0', 64), 'c', 'COMPLETED', 'EUR', 1, '{}', '{}', 0,
          now(), now());
        insert into settlement_difference (channel, date, reference, difference, order_id, kind,
          currency, amount_minor)
        values ('sandbox', '2026-03-04', 'cb_1', 'MISSING_IN_LEDGER', 'ord-old', 'CHARGEBACK',
          'EUR', 100)
        """);

    CommandRun closed = reconcile("cb_1");

    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(reconcile("cb_1").code()).isEqualTo(4);
  }

  private static CommandRun reconcile(String reference) {
    return CommandRun.of(
        new ReconcileCommand(),
        machine.config,
        "--date",
        "2026-03-04",
        CLOSE,
        reference,
        REASON,
        "written off");
  }

  private static CommandRun inbox(String... args) {
    return CommandRun.of(new InboxCommand(), machine.config, args);
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = machine.postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
