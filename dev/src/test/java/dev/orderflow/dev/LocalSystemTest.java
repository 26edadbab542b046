package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Temporal, PostgreSQL, sandbox and worker. */
class LocalSystemTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Set<PartName> WITHOUT_WORKER =
      EnumSet.complementOf(EnumSet.of(PartName.WORKER));

  @TempDir Path folder;

  @Test
  void whatWasStoredIsThereAfterEveryProcessWasKilled() throws Exception {
    var directory = new Directory(folder.toRealPath());
    Process supervisor = orderflowDev(directory);
    try {
      JsonNode dev = awaitReady(directory, supervisor);
      store(dev);
      List<Long> all = new ArrayList<>(List.of(supervisor.pid()));
      dev.get("processes").forEach(pid -> all.add(pid.asLong()));
      all.forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());
      supervisor.waitFor();
    } finally {
      supervisor.destroyForcibly();
    }

    try (var system = LocalSystem.start(LocalOptions.throwAway(directory))) {
      assertThatItIsStillThere(system.addresses());
      for (PartName part : PartName.values()) {
        long pid = system.pid(part);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertThat(system.awaitOtherThan(part, pid, PATIENCE)).isNotEqualTo(pid);
      }
      assertThatItIsStillThere(system.addresses());
    }
    assertThat(processesOf(directory)).isEmpty();
  }

  @Test
  void aSupervisorThatIsAskedToStopLeavesNoProcess() throws Exception {
    var directory = new Directory(folder.toRealPath());
    Process supervisor = orderflowDev(directory);
    try {
      awaitReady(directory, supervisor);
      Process second = orderflowDev(directory);
      assertThat(second.waitFor()).isEqualTo(CannotStart.Reason.ALREADY_RUNNING.exitCode());

      assertThat(new Stopping(directory).stop()).startsWith("stopped");

      assertThat(supervisor.waitFor()).isZero();
      assertThat(processesOf(directory)).isEmpty();
      assertThat(directory.devJson()).doesNotExist();
    } finally {
      supervisor.destroyForcibly();
    }
  }

  private static Process orderflowDev(Directory directory) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "dev.orderflow.cli.Main",
            "dev",
            "--dir",
            directory.root().toString(),
            "--random-ports",
            "--without-worker");
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static JsonNode awaitReady(Directory directory, Process supervisor) throws Exception {
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast("orderflow dev ended", () -> !supervisor.isAlive())
        .until(
            () ->
                Files.exists(directory.devJson())
                    && read(directory).get("processes").size() == WITHOUT_WORKER.size());
    return read(directory);
  }

  private static JsonNode read(Directory directory) throws Exception {
    return new ObjectMapper().readTree(directory.devJson().toFile());
  }

  private static void store(JsonNode dev) throws Exception {
    Path password = Path.of(dev.get("databasePasswordFile").asText());
    try (Connection connection = connect(dev.get("database").asText(), password);
        var statement = connection.createStatement()) {
      // Not where the ledger will be.
      statement.execute("create schema aside");
      statement.execute("create table aside.kept (word text)");
      statement.execute("insert into aside.kept values ('kept')");
    }
    try (var client = new Client(dev.get("temporal").asText())) {
      // The search attribute is known from the first moment on.
      var status = SearchAttributeKey.forKeyword("OrderStatus");
      client
          .workflow()
          .newUntypedWorkflowStub(
              "Order",
              WorkflowOptions.newBuilder()
                  .setWorkflowId("kept")
                  .setTaskQueue("nobody")
                  .setTypedSearchAttributes(
                      SearchAttributes.newBuilder().set(status, "PLACED").build())
                  .build())
          .start();
    }
  }

  private static void assertThatItIsStillThere(Addresses at) throws Exception {
    try (Connection connection = connect(at.database(), at.databasePasswordFile());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select word from aside.kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("kept");
    }
    try (var client = new Client(at.temporal())) {
      WorkflowStub kept = client.workflow().newUntypedWorkflowStub("kept");
      assertThat(kept.describe().getStatus())
          .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }
  }

  private static Connection connect(String url, Path password) throws Exception {
    return DriverManager.getConnection(url, PostgresPart.USER, Files.readString(password));
  }

  private static List<Long> processesOf(Directory directory) {
    var marks =
        List.of(
            new Mark("postgres", directory.file("postgres").toString()),
            new Mark("temporal", directory.file("temporal.db").toString()),
            JavaProgram.mark(directory, PartName.SANDBOX),
            JavaProgram.mark(directory, PartName.WORKER));
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> marks.stream().anyMatch(mark -> mark.isOn(pid)))
        .toList();
  }

  private record Client(WorkflowServiceStubs stubs) implements AutoCloseable {
    Client(String address) {
      this(
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(address).build()));
    }

    WorkflowClient workflow() {
      return WorkflowClient.newInstance(stubs);
    }

    @Override
    public void close() {
      stubs.shutdownNow();
    }
  }
}
