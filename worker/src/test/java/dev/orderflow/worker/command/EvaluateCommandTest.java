package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.sandbox.ApiKey;
import dev.orderflow.sandbox.Sandbox;
import dev.orderflow.sandbox.SandboxConfiguration;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.Timeout;
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
    long before = moved("charge");
    long backBefore = moved("refund");
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
    assertThat(moved("charge") - before).isPositive().isEqualTo(moved("refund") - backBefore);
  }

  /** How often the sandbox did that. */
  private static long moved(String kind) throws IOException {
    Path log = directory.resolve("sandbox").resolve("provider.jsonl");
    return Files.readString(log)
        .lines()
        .filter(line -> line.contains("\"object\":\"" + kind + "\""))
        .count();
  }

  @Test
  @Timeout(120)
  void whoIsAskedToStopGivesBackFirst() throws Exception {
    long before = moved("charge");
    long backBefore = moved("refund");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.orderflow.cli.Main",
                "channel",
                "evaluate",
                "sandbox",
                "--token",
                "slow:300",
                "--from",
                "5/s",
                "--to",
                "5/s",
                "--step-time",
                "10m",
                "--output",
                "json",
                "--config",
                machine.config.toString())
            .redirectError(directory.resolve("stderr").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(90)).until(() -> moved("charge") > before + 3);

      process.toHandle().destroy();

      String result = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(143);
      assertThat(Json.MAPPER.readTree(result).path("notGivenBack")).isEmpty();
      assertThat(directory.resolve("stderr")).content().contains("giving back what was paid");
      assertThat(moved("refund") - backBefore).isEqualTo(moved("charge") - before);
    } finally {
      process.destroyForcibly();
    }
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
    assertThat(run.objects().get(0).path("limit").asText()).isEqualTo("DECLINED");
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
  void whatCannotBeDrivenIsRefusedByItsOptionsName() {
    assertRefused("--amount: 'EUR 0.00' is nothing to pay; give one above 0", "--amount=EUR 0.00");
    assertRefused("--amount: 'EUR -1.00' is", "--amount=EUR -1.00");
    assertRefused("--step-time: '0s' is no time; give one such as 10s", "--step-time=0s");
    String remedy = "give 1 to 200 printable ASCII characters without spaces";
    assertThat(run("sandbox", "--token=a b").err()).contains("--token: ", remedy);
    assertThat(run("sandbox", "--token=").code()).isEqualTo(2);
    assertThat(run("sandbox", "--token=a b").code()).isEqualTo(2);
  }

  private static void assertRefused(String message, String option) {
    CommandRun run = run("sandbox", "--token", "approve", option);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void aChannelThatIsNotThereIsSaidSo() {
    assertThat(run("sandboks", "--token", "tok").err()).contains("did you mean 'sandbox'?");
  }
}
