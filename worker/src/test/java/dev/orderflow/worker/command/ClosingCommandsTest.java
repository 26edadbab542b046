package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.OrderId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What waits for a person, until one says that nothing is left to do. */
class ClosingCommandsTest {

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
  void fourEvents() throws SQLException {
    execute(
        """
        truncate inbox;
        insert into inbox (channel, event_id, type, reference, happened_at, state, tries, due_at,
          reason_code, reason_message, order_id, delivered_at)
        values ('shop', 'evt_1', 'paid', 'pi_1', now(), 'PARKED', 7, null, 'UNKNOWN_ORDER', 'No.',
            null, null),
          ('shop', 'evt_2', 'paid', 'pi_2', now(), 'RECEIVED', 0, '2026-01-31 09:05Z', null, null,
            null, null),
          ('shop', 'evt_3', 'paid', 'pi_3', now(), 'DELIVERED', 1, null, null, null, '%s', now()),
          ('shop', 'evt_4', 'paid', 'pi_4', now(), 'PARKED', 3, '2026-01-31 09:20Z',
            'UNKNOWN_ORDER', 'No.', null, null)
        """
            .formatted(OrderId.ofKey("told")));
  }

  @Test
  void aParkedEventIsShownAndPutOnItsWayAgain() {
    CommandRun parked = inbox("--state", "parked");
    CommandRun retried = inbox("retry", "shop", "evt_1");
    CommandRun again = inbox("retry", "shop", "evt_1");

    assertThat(parked.objects())
        .extracting(event -> event.path("event").asText())
        .containsExactly("evt_4", "evt_1");
    assertThat(parked.out().lines().skip(1).findFirst().orElseThrow())
        .contains("\"tries\":7", "\"code\":\"UNKNOWN_ORDER\"")
        .doesNotContain("dueAt", "closed");
    assertThat(retried.code()).isZero();
    assertThat(again.code()).isEqualTo(4);
    assertThat(again.err()).contains("no event evt_1 of channel shop is parked");
    assertThat(inbox("--state", "received").objects()).hasSize(2);
  }

  @Test
  void aParkedEventIsClosedOnceAndForGoodWithWhoAndWhy() {
    CommandRun closed = close("evt_1", "--actor", "anna", REASON, "booked by hand");
    CommandRun again = close("evt_1", REASON, "another reason");
    CommandRun listed = inbox("--state", "closed");
    CommandRun forPeople = inbox("--output", "table", "--state", "closed");
    CommandRun retried = inbox("retry", "shop", "evt_1");

    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.objects())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("state").asText()).isEqualTo("CLOSED");
              assertThat(event.at("/closed/actor").asText()).isEqualTo("anna");
              assertThat(event.at("/closed/reason").asText()).isEqualTo("booked by hand");
              assertThat(event.at("/closed/at").asText()).endsWith("Z");
            });
    assertThat(again).isEqualTo(closed);
    assertThat(listed).isEqualTo(closed);
    assertThat(forPeople.out()).contains("evt_1").contains("by anna: booked by hand");
    assertThat(retried.code()).isEqualTo(5);
    assertThat(retried.err())
        .startsWith("event evt_1 of channel shop is closed on 20")
        .endsWith(" by anna: booked by hand; that is for good");
    assertThat(inbox("--state", "closed")).isEqualTo(closed);
  }

  @Test
  void whoClosesIsTheUserOfThisComputerUnlessTheySayOtherwise() {
    CommandRun closed = close("evt_1", "--output", "table", REASON, "booked by hand");

    assertThat(closed.out())
        .startsWith("event evt_1 of channel shop is closed on 20")
        .contains(" by " + System.getProperty("user.name") + ": booked by hand");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evt_2 | 5 | is RECEIVED: it is not given up, and tried again at 2026-01-31 09:05:00Z
          evt_3 | 5 | is DELIVERED: its order was told, nothing is left to do
          evt_4 | 5 | is PARKED: it is not given up, and tried again at 2026-01-31 09:20:00Z
          evt_5 | 4 | is not known; 'orderflow inbox --state parked' shows those that are parked
          """)
  void whatIsNotGivenUpIsNotClosed(String event, int code, String why) {
    CommandRun before = inbox();

    CommandRun refused = close(event, REASON, "why");

    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.err()).isEqualTo("event " + event + " of channel shop " + why);
    assertThat(inbox()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --actor=anna          | --reason: is missing; say why, it is kept
          --reason=             | --reason: is missing; say why, it is kept
          --reason=why --actor= | --actor: is missing; say who has looked, it is kept
          """)
  void whoClosesSaysWhoAndWhy(String options, String message) {
    CommandRun refused = close("evt_1", options.split(" "));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).isEqualTo(message);
    assertThat(inbox("--state", "closed").objects()).isEmpty();
  }

  @Test
  void whatASettlementSaysIsClosedOnceWithWhoAndWhy() throws SQLException {
    execute(
        """
        truncate settlement_difference;
        insert into settlement_difference (channel, date, reference, difference, kind, currency,
          amount_minor)
        values ('sandbox', '2026-03-04', 'cb_1', 'UNKNOWN_ORDER', 'CHARGEBACK', 'EUR', 100)
        """);

    CommandRun closed = reconcile("written off");
    CommandRun again = reconcile("another reason");

    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(again.code()).isEqualTo(4);
    assertThat(again.err()).contains("'cb_1' is no unsettled difference of sandbox on 2026-03-04");
    assertThat(text("select state || ' ' || actor || ' ' || reason from settlement_difference"))
        .isEqualTo("CLOSED " + System.getProperty("user.name") + " written off");
  }

  private static CommandRun reconcile(String reason) {
    return CommandRun.of(
        new ReconcileCommand(),
        machine.config,
        "--date",
        "2026-03-04",
        "--close",
        "cb_1",
        REASON,
        reason);
  }

  private static CommandRun close(String event, String... options) {
    return inbox(
        Stream.concat(Stream.of("close", "shop", event), Stream.of(options))
            .toArray(String[]::new));
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

  private static String text(String sql) throws SQLException {
    try (Connection connection = machine.postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
