package dev.orderflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.sandbox.Caller.Heard;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process, killed in the middle of its work. */
@Timeout(60)
class KillTest {

  private static final Pattern READY =
      Pattern.compile("sandbox ready http=127\\.0\\.0\\.1:(\\d+) smtp=127\\.0\\.0\\.1:\\d+");
  private static final int CALLERS = 8;

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void leaveNoProcess() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatWasAnsweredIsRememberedAfterKill9() throws Exception {
    Running first = start();
    Map<String, Heard> answered = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> shoppers = new ArrayList<>();
    for (int shopper = 0; shopper < CALLERS; shopper++) {
      String name = "s" + shopper;
      shoppers.add(CompletableFuture.runAsync(() -> chargeUntilCutOff(first, name, answered)));
    }
    await().until(() -> answered.size() > 100);
    first.process().destroyForcibly().waitFor();
    shoppers.forEach(CompletableFuture::join);

    Caller caller = start().caller();
    List<JsonNode> log = caller.log();
    assertThat(log)
        .extracting(line -> line.path("idempotencyKey").asText())
        .doesNotHaveDuplicates();
    // What was cut off may have landed or not, one per shopper at most.
    assertThat(log).hasSizeBetween(answered.size(), answered.size() + CALLERS);
    for (Map.Entry<String, Heard> entry : answered.entrySet()) {
      String key = entry.getKey();
      assertThat(caller.charge(key, key, "approve"))
          .isEqualTo(new Heard(200, true, entry.getValue().body()));
    }
    assertThat(caller.log()).hasSameSizeAs(log);
  }

  @Test
  void sigtermEndsItAndTheFolderIsFreeForTheNext() throws Exception {
    Running first = start();
    first.caller().charge("o1/pay", "o1", "approve");
    CompletableFuture<Heard> hanging = first.caller().chargeLater("o2/pay", "o2", "slow:60000");
    await().until(() -> first.caller().operation("o2/pay").status() == 409);

    first.process().destroy();
    assertThat(first.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    boolean paid =
        hanging.handle((heard, cutOff) -> cutOff == null && heard.status() == 200).join();
    assertThat(paid).isFalse();

    Caller caller = start().caller();
    assertThat(caller.operation("o1/pay").status()).isEqualTo(200);
    assertThat(caller.operation("o2/pay").status()).isEqualTo(404);
  }

  private static void chargeUntilCutOff(
      Running sandbox, String shopper, Map<String, Heard> answered) {
    Caller caller = sandbox.caller();
    for (int order = 0; ; order++) {
      String key = shopper + "/" + order;
      try {
        answered.put(key, caller.charge(key, key, "approve"));
      } catch (IOException e) {
        return;
      }
    }
  }

  private record Running(Process process, int httpPort) {
    Caller caller() {
      return new Caller(httpPort, RunningSandbox.KEY);
    }
  }

  private Running start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName(),
                "--http-port=0",
                "--smtp-port=0",
                "--data=" + folder.resolve("data"),
                "--api-key-file=" + RunningSandbox.keyFile(folder))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    BufferedReader output = process.inputReader();
    Matcher ready = READY.matcher(String.valueOf(output.readLine()));
    assertThat(ready.matches()).isTrue();
    return new Running(process, Integer.parseInt(ready.group(1)));
  }
}
