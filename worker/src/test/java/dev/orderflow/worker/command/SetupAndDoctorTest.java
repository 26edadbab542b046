package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.orderflow.worker.OneMachine;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One installation, from nothing to a worker at work. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SetupAndDoctorTest {

  @TempDir static Path directory;
  static FakeTemporal temporal;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    temporal = new FakeTemporal();
    machine = new OneMachine(directory, temporal.address());
  }

  @AfterAll
  static void stop() throws Exception {
    machine.close();
    temporal.close();
  }

  @Test
  @Order(1)
  void theDoctorNamesWhatIsMissingAndTheCommandThatMendsIt() {
    CommandRun doctor = run(new DoctorCommand());

    assertThat(doctor.code()).isEqualTo(1);
    assertThat(verdicts(doctor))
        .containsEntry("configuration", "OK")
        .containsEntry("temporal", "OK")
        .containsEntry("namespace", "MISSING")
        .doesNotContainKey("search attributes")
        .containsEntry("database", "OK")
        .containsEntry("migrations", "MISSING");
    assertThat(remedy(doctor, "namespace")).contains("orderflow setup", "--create-namespace");
    assertThat(remedy(doctor, "migrations")).contains("orderflow setup --config " + machine.config);
  }

  @Test
  @Order(1)
  void withoutAConfigurationTheDoctorSaysHowToNameOne() {
    CommandRun doctor = CommandRun.of(new DoctorCommand(), Path.of("nowhere.toml"));

    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.objects().get(0).path("says").asText())
        .isEqualTo("nowhere.toml does not exist");
    assertThat(remedy(doctor, "configuration"))
        .contains("--config FILE", "orderflow dev")
        .doesNotContain("correct it");
  }

  @Test
  @Order(2)
  void setupDoesNotCreateANamespaceUnasked() {
    CommandRun setup = run(new SetupCommand());

    assertThat(setup.code()).isEqualTo(1);
    assertThat(setup.err()).contains("'shop' does not exist", "--create-namespace");
    assertThat(temporal.namespaces).isEmpty();
  }

  @Test
  @Order(3)
  void setupCreatesWhatIsMissingAndSaysSo() {
    CommandRun setup = run(new SetupCommand(), "--create-namespace");

    assertThat(setup.code()).isZero();
    assertThat(setup.out())
        .contains("created 'shop'", "registered CustomerId, OrderStatus, PaymentChannel");
    assertThat(temporal.namespaces).containsExactly("shop");
    assertThat(temporal.attributes).hasSize(3);
  }

  @Test
  @Order(4)
  void setupMayBeRepeated() {
    CommandRun setup = run(new SetupCommand(), "--create-namespace");

    assertThat(setup.code()).isZero();
    assertThat(setup.out()).contains("'shop' was there", "were registered", "were applied");
  }

  @Test
  @Order(5)
  void onlyAWorkerIsMissingThen() {
    // Temporal remembers for minutes who asked last.
    temporal.pollers.add(poller("gone@host", Duration.ofMinutes(2)));
    CommandRun without = run(new DoctorCommand());
    temporal.pollers.add(poller("1@host", Duration.ofSeconds(20)));
    CommandRun with = run(new DoctorCommand());

    assertThat(without.code()).isEqualTo(1);
    assertThat(remedy(without, "workers")).contains("orderflow worker");
    assertThat(verdicts(with)).containsEntry("workers", "OK");
  }

  @Test
  @Order(6)
  void anAttributeOfAnotherTypeIsNotTakenForOurs() {
    temporal.attributes.put("CustomerId", IndexedValueType.INDEXED_VALUE_TYPE_TEXT);

    CommandRun setup = run(new SetupCommand());

    assertThat(setup.code()).isEqualTo(1);
    assertThat(setup.err()).contains("not of type Keyword: CustomerId");
  }

  @Test
  @Order(7)
  void aServiceThatDoesNotAnswerIsNamed() throws Exception {
    machine.close();
    temporal.close();

    CommandRun doctor = run(new DoctorCommand());

    assertThat(doctor.code()).isEqualTo(1);
    assertThat(verdicts(doctor))
        .containsEntry("temporal", "UNREACHABLE")
        .containsEntry("database", "UNREACHABLE");
  }

  private static PollerInfo poller(String identity, Duration ago) {
    return PollerInfo.newBuilder()
        .setIdentity(identity)
        .setLastAccessTime(Timestamps.fromMillis(System.currentTimeMillis() - ago.toMillis()))
        .build();
  }

  private static CommandRun run(Object command, String... more) {
    return CommandRun.of(command, machine.config, more);
  }

  private static Map<String, String> verdicts(CommandRun doctor) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    doctor
        .objects()
        .forEach(f -> verdicts.put(f.path("subject").asText(), f.path("verdict").asText()));
    return verdicts;
  }

  private static String remedy(CommandRun doctor, String subject) {
    return doctor.objects().stream()
        .filter(f -> f.path("subject").asText().equals(subject))
        .findFirst()
        .orElseThrow()
        .path("remedy")
        .asText();
  }
}
