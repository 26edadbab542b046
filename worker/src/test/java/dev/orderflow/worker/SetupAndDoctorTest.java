package dev.orderflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.cli.CliException;
import dev.orderflow.workflows.payload.Json;
import io.temporal.api.enums.v1.IndexedValueType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import picocli.CommandLine;

/** One installation, from nothing to a worker at work. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SetupAndDoctorTest {

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    machine = new OneMachine(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    machine.close();
  }

  @Test
  @Order(1)
  void theDoctorNamesWhatIsMissingAndTheCommandThatMendsIt() {
    Run doctor = run(new DoctorCommand());

    assertThat(doctor.code).isEqualTo(1);
    assertThat(doctor.verdicts())
        .containsEntry("configuration", "OK")
        .containsEntry("temporal", "OK")
        .containsEntry("namespace", "MISSING")
        .doesNotContainKey("search attributes")
        .containsEntry("database", "OK")
        .containsEntry("migrations", "MISSING");
    assertThat(doctor.finding("namespace").path("remedy").asText())
        .contains("orderflow setup", "--create-namespace");
    assertThat(doctor.finding("migrations").path("remedy").asText()).contains("orderflow setup");
  }

  @Test
  @Order(2)
  void setupDoesNotCreateANamespaceUnasked() {
    Run setup = run(new SetupCommand());

    assertThat(setup.code).isEqualTo(1);
    assertThat(setup.err).contains("'shop' does not exist", "--create-namespace");
    assertThat(machine.temporal.namespaces).isEmpty();
  }

  @Test
  @Order(3)
  void setupCreatesWhatIsMissingAndSaysSo() {
    Run setup = run(new SetupCommand(), "--create-namespace");

    assertThat(setup.code).isZero();
    assertThat(setup.out)
        .contains("created 'shop'", "registered CustomerId, OrderStatus, PaymentChannel");
    assertThat(machine.temporal.namespaces).containsExactly("shop");
    assertThat(machine.temporal.attributes).hasSize(3);
  }

  @Test
  @Order(4)
  void setupMayBeRepeated() {
    Run setup = run(new SetupCommand(), "--create-namespace");

    assertThat(setup.code).isZero();
    assertThat(setup.out).contains("'shop' was there", "were registered", "were applied");
  }

  @Test
  @Order(5)
  void onlyAWorkerIsMissingThen() {
    Run without = run(new DoctorCommand());
    machine.temporal.pollers.add("1@host");
    Run with = run(new DoctorCommand());

    assertThat(without.code).isEqualTo(1);
    assertThat(without.finding("workers").path("remedy").asText()).contains("orderflow worker");
    assertThat(with.verdicts())
        .allSatisfy((subject, verdict) -> assertThat(verdict).isEqualTo("OK"));
    assertThat(with.code).isZero();
  }

  @Test
  @Order(6)
  void anAttributeOfAnotherTypeIsNotTakenForOurs() {
    machine.temporal.attributes.put("CustomerId", IndexedValueType.INDEXED_VALUE_TYPE_TEXT);

    Run setup = run(new SetupCommand());

    assertThat(setup.code).isEqualTo(1);
    assertThat(setup.err).contains("not of type Keyword: CustomerId");
  }

  @Test
  @Order(7)
  void aServiceThatDoesNotAnswerIsNamed() throws Exception {
    machine.close();

    Run doctor = run(new DoctorCommand());

    assertThat(doctor.code).isEqualTo(1);
    assertThat(doctor.verdicts())
        .containsEntry("temporal", "UNREACHABLE")
        .containsEntry("database", "UNREACHABLE");
  }

  private static Run run(Object command, String... more) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .registerConverter(Duration.class, text -> Duration.ofDays(30))
            .setExecutionExceptionHandler(
                (e, c, parsed) -> {
                  err.write(e.getMessage());
                  return e instanceof CliException ours ? ours.exitCode().code() : 99;
                });
    java.util.List<String> args = new java.util.ArrayList<>(java.util.List.of(more));
    args.addAll(java.util.List.of("--config", machine.config.toString(), "--output", "JSON"));
    int code = line.setCaseInsensitiveEnumValuesAllowed(true).execute(args.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private record Run(int code, String out, String err) {

    Map<String, String> verdicts() {
      Map<String, String> verdicts = new LinkedHashMap<>();
      out.lines()
          .map(Run::parse)
          .forEach(f -> verdicts.put(f.path("subject").asText(), f.path("verdict").asText()));
      return verdicts;
    }

    JsonNode finding(String subject) {
      return out.lines()
          .map(Run::parse)
          .filter(f -> f.path("subject").asText().equals(subject))
          .findFirst()
          .orElseThrow();
    }

    private static JsonNode parse(String line) {
      try {
        return Json.MAPPER.readTree(line);
      } catch (IOException e) {
        throw new AssertionError(line, e);
      }
    }
  }
}
