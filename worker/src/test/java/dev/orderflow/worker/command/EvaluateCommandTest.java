package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.sandbox.ApiKey;
import dev.orderflow.sandbox.Sandbox;
import dev.orderflow.sandbox.SandboxConfiguration;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel is driven against the real sandbox, whose log says what was really moved. */
class EvaluateCommandTest {

  private static final String KEY = "secret-of-the-test";

  @TempDir static Path directory;
  static OneMachine machine;
  static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    machine = new OneMachine(directory, "127.0.0.1:9");
    Path key = directory.resolve("key");
    Files.writeString(key, KEY);
    sandbox =
        Sandbox.start(
            new SandboxConfiguration(
                0,
                0,
                directory.resolve("sandbox"),
                ApiKey.in(key),
                Optional.empty(),
                Duration.ofMinutes(1)),
            Clock.systemUTC());
    machine.write(
        """
        sandbox = "allowed"

        [payment.sandbox]
        url = "http://127.0.0.1:%d"
        api-key = { file = "key" }
        max-in-flight = 2

        [payment.channels.acme]
        url = "http://acme.example"
        api-key = { file = "key" }
        """
            .formatted(sandbox.httpPort()));
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
  }

  @AfterAll
  static void stop() throws IOException {
    sandbox.close();
    machine.close();
  }

  private static CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(args));
    return CommandRun.of(new ChannelCommand(), machine.config, all.toArray(String[]::new));
  }

  @Test
  void aSlowProviderFillsThePlacesAndThatIsSaid() throws IOException {
    CommandRun run =
        run("sandbox", "--token", "slow:250", "--from", "2/s", "--to", "64/s", "--step-time", "2s");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    JsonNode result = run.objects().get(0);
    assertThat(result.path("limit").asText()).isEqualTo("OUR_POOL");
    assertThat(result.path("saturatedAt").asDouble()).isGreaterThan(2);
    assertThat(result.path("notGivenBack")).isEmpty();
    JsonNode last = result.path("steps").path(result.path("steps").size() - 1);
    assertThat(last.path("waitP50").asDouble()).isGreaterThan(last.path("callP50").asDouble());
    assertThat(last.path("callP50").asDouble()).isGreaterThanOrEqualTo(250);
    String log = Files.readString(directory.resolve("sandbox").resolve("provider.jsonl"));
    assertThat(count(log, "\"object\":\"charge\""))
        .isPositive()
        .isEqualTo(count(log, "\"object\":\"refund\""));
  }

  private static long count(String log, String what) {
    return log.lines().filter(line -> line.contains(what)).count();
  }

  @Test
  void whatIsDeclinedIsAnErrorAndNothingIsLeft() {
    CommandRun run =
        run(
            "sandbox",
            "--token",
            "decline:insufficient_funds",
            "--from",
            "5/s",
            "--to",
            "5/s",
            "--step-time",
            "1s");

    assertThat(run.code()).isZero();
    JsonNode errors = run.objects().get(0).path("steps").path(0).path("errors");
    assertThat(errors.path("insufficient_funds").asInt()).isEqualTo(5);
  }

  @Test
  void aChannelThatMayMoveRealMoneyIsRefusedUnlessThatIsMeant() {
    CommandRun run = run("acme", "--token", "tok");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'acme' may move real money; add --live");
  }

  @Test
  void aChannelThatIsNotThereIsSaidSo() {
    assertThat(run("sandboks", "--token", "tok").err()).contains("did you mean 'sandbox'?");
  }
}
