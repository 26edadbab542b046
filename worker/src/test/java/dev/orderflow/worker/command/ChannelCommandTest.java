package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.nio.file.Path;
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
