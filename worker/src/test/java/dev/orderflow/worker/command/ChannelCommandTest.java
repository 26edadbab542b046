package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.cli.Table;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel that a jar on the class path brings, as its operator sees it. */
class ChannelCommandTest {

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    machine = new OneMachine(directory, "127.0.0.1:9");
    machine.write(
        """
        [payment]
        default-channel = "acme"

        [payment.channels.acme]
        url = "http://acme.example"
        api-key = { file = "key" }

        [payment.channels.acme-two]
        provider = "acme"
        url = "http://silent"
        api-key = { file = "key" }
        """);
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  private static CommandRun run(String... args) {
    return CommandRun.of(new ChannelCommand(), machine.config, args);
  }

  @Test
  void aChannelIsDrainedAndOpenedAgain() {
    assertThat(run("drain", "acme").objects())
        .singleElement()
        .satisfies(row -> assertThat(row.path("state").asText()).isEqualTo("DRAINED"));

    assertThat(run("status").objects())
        .extracting(row -> row.path("channel").asText() + " " + row.path("state").asText())
        .containsExactly("acme DRAINED", "acme-two OPEN");

    assertThat(run("open", "acme").objects().get(0).path("state").asText()).isEqualTo("OPEN");
  }

  @Test
  void aSwitchAnswersWithOneSentenceAboutThatChannel() {
    assertThat(run("drain", "acme", "--output", "table").out().lines())
        .singleElement()
        .asString()
        .startsWith("'acme' takes no new payments")
        .contains("orderflow channel open acme");
    assertThat(run("off", "acme", "--output", "table").out()).startsWith("'acme' is not called");
    assertThat(run("open", "acme", "--output", "table").out())
        .isEqualTo(
            "'acme' takes new payments; workers see it within 2 s." + System.lineSeparator());
  }

  @Test
  void theTableFitsAHundredColumnsAndTheRestIsAskedForByName() {
    StringWriter written = new StringWriter();
    var busy =
        new ChannelOverview.Row(
            "a-channel-of-25-character",
            ChannelState.DRAINED,
            123_456,
            12_345,
            1_234,
            99,
            7,
            3,
            Optional.of(0.9999),
            Optional.of(12L),
            Optional.of(9_999L),
            Optional.of(20_000L),
            Optional.of(60_000L),
            Optional.of(120_000L),
            17,
            Optional.of(4_000L),
            5,
            Optional.of(1_000L),
            Optional.of(2_000L),
            5,
            Optional.of(10L),
            Optional.of(20L),
            List.of(new ChannelOverview.Error("NO_ANSWER", 1_234)),
            Optional.of(
                new ChannelOverview.Probe(
                    "FAILED",
                    Optional.of("NO_CHANNEL"),
                    1,
                    1,
                    Optional.of(600L),
                    Optional.empty())));
    ChannelTable.of(List.of(busy)).print(new PrintWriter(written), Table.Layout.ALIGNED);
    assertThat(written.toString().lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    assertThat(written.toString()).contains("99.9 %").contains("FAILED");

    assertThat(run("status", "acme", "--output", "table").out())
        .contains("answered in", "customers took", "settled doubts");
    assertThat(run("status", "acmee").err()).contains("did you mean 'acme'?");
  }

  private static void execute(String sql) {
    Jdbi.create(machine.postgres.getPostgresDatabase()).useHandle(tx -> tx.execute(sql));
  }

  @Test
  void aChannelOfThePastThatOnlyProbesKnowIsShown() {
    execute(
        """
        insert into probe_run (channel, meant_at, order_id, state, ended_at)
        values ('bygone', now(), 'o', 'SUCCEEDED', now())
        """);
    try {
      assertThat(run("status").objects())
          .extracting(row -> row.path("channel").asText())
          .containsExactly("acme", "acme-two", "bygone");
    } finally {
      execute("delete from probe_run");
    }
  }

  @Test
  void aChannelThatIsNotThereIsNotSwitched() {
    CommandRun off = run("off", "acmee");

    assertThat(off.code()).isEqualTo(4);
    assertThat(off.err()).contains("no payment channel 'acmee'; did you mean 'acme'?");
  }

  @Test
  void theDoctorAsksEachChannelAndSaysWhatItDeclares() {
    CommandRun doctor = CommandRun.of(new DoctorCommand(), machine.config);

    JsonNode answers = finding(doctor, "channel acme");
    assertThat(answers.path("verdict").asText()).isEqualTo("OK");
    assertThat(answers.path("says").asText())
        .isEqualTo(
            "answers; charges only, enforces keys for 24 h, closes no payments, answers at once,"
                + " what is not found after 90 s never was");
    JsonNode silent = finding(doctor, "channel acme-two");
    assertThat(silent.path("verdict").asText()).isEqualTo("UNREACHABLE");
    assertThat(silent.path("says").asText()).isEqualTo("NO_ANSWER: Nobody answers.");
  }

  private static JsonNode finding(CommandRun doctor, String subject) {
    return doctor.objects().stream()
        .filter(found -> found.path("subject").asText().equals(subject))
        .findFirst()
        .orElseThrow();
  }
}
