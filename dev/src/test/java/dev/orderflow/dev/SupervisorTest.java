package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final List<Supervisor> running = new ArrayList<>();
  private Directory directory;

  @BeforeEach
  void make() throws Exception {
    directory = new Directory(folder.toRealPath().resolve("machine"));
    directory.create();
  }

  @AfterEach
  void stopAll() throws Exception {
    for (Supervisor supervisor : running) {
      supervisor.stop();
    }
    assertThat(processesOfThisMachine()).as("processes left over").isEmpty();
  }

  @Test
  void whatIsKilledStartsAgainOnTheSamePort() throws Exception {
    Supervisor supervisor = start("a");
    long first = pid(supervisor);

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    long second = supervisor.awaitOtherThan(PartName.SANDBOX, first, PATIENCE);
    assertThat(second).isNotEqualTo(first);
    assertThat(tiny(supervisor, "a").answers()).isTrue();
    assertThat(Files.readString(directory.devJson())).contains("\"sandbox\" : " + second);
  }

  @Test
  void whatADeadSupervisorLeftIsTakenOver() throws Exception {
    long left = leaveBehind("a").pid();

    Supervisor next = start("a");

    assertThat(pid(next)).isEqualTo(left);
  }

  @Test
  void whatADeadSupervisorLeftWithOtherSettingsIsReplaced() throws Exception {
    ProcessHandle left = leaveBehind("old");

    Supervisor next = start("new");

    assertThat(left.isAlive()).isFalse();
    assertThat(pid(next)).isNotEqualTo(left.pid());
  }

  @Test
  void whatADeadSupervisorHadNoTimeToWriteDownIsEndedToo() throws Exception {
    ProcessHandle left = leaveBehind("a");
    directory.forget(PartName.SANDBOX);

    Supervisor next = start("a");

    assertThat(left.isAlive()).isFalse();
    assertThat(pid(next)).isNotEqualTo(left.pid());
  }

  @Test
  void aStrangerWithTheRememberedProcessIdIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      var mark = new Mark("java", "-Dorderflow.part=" + directory.file("sandbox"));
      Instant itsStart = stranger.info().startInstant().orElseThrow();
      directory.remember(
          PartName.SANDBOX, new OwnProcess(stranger.pid(), itsStart, List.of(), mark, "x"));

      Supervisor supervisor = start("a");

      assertThat(stranger.isAlive()).isTrue();
      assertThat(pid(supervisor)).isNotEqualTo(stranger.pid());
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void whoHoldsAPortIsNamedAndLeftAlone() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var choice =
          new PortChoice(
              Map.of(Port.SANDBOX, taken.getLocalPort()), new PortChoice.Otherwise.AnyFree());

      assertThatThrownBy(() -> start(choice, "a"))
          .isInstanceOfSatisfying(
              CannotStart.class,
              refused -> assertThat(refused.reason()).isEqualTo(CannotStart.Reason.PORT_TAKEN))
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " (")
          .hasMessageContaining("--port-sandbox");
      assertThat(taken.isClosed()).isFalse();
    }
  }

  @Test
  void whatNeverBecomesReadyIsGivenUpWithTheEndOfItsLog() {
    assertThatThrownBy(() -> start("broken"))
        .isInstanceOfSatisfying(
            CannotStart.class,
            failed -> assertThat(failed.reason()).isEqualTo(CannotStart.Reason.PART_FAILED))
        .hasMessageContaining("I am broken")
        .hasMessageContaining("sandbox.log");
  }

  @Test
  void aSecondSupervisorOfADirectoryIsRefused() throws Exception {
    start("a");

    assertThatThrownBy(() -> Supervisor.of(directory, PortChoice.usual(), events::add))
        .isInstanceOfSatisfying(
            CannotStart.class,
            refused -> assertThat(refused.reason()).isEqualTo(CannotStart.Reason.ALREADY_RUNNING))
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void portsAreRememberedByTheDirectory() throws Exception {
    Ports first = start("a").ports();
    running.remove(0).stop();

    assertThat(start(PortChoice.usual(), "a").ports()).isEqualTo(first);
  }

  /** A part's process without its supervisor, as after a kill of the supervisor. */
  private ProcessHandle leaveBehind(String configuration) throws Exception {
    Ports ports = PortChoice.anyFree().decide(Optional.empty());
    directory.rememberPorts(ports);
    var part = new TinyPart(directory, ports, configuration);
    var starter = new Starter(part, directory, ports, events::add);
    ProcessHandle left = starter.start();
    assertThat(starter.answersSoon(left, PATIENCE)).isTrue();
    return left;
  }

  private Supervisor start(String configuration) throws Exception {
    return start(PortChoice.anyFree(), configuration);
  }

  private Supervisor start(PortChoice choice, String configuration) throws Exception {
    Supervisor supervisor = Supervisor.of(directory, choice, events::add);
    running.add(supervisor);
    supervisor.start(List.of(tiny(supervisor, configuration)));
    return supervisor;
  }

  private TinyPart tiny(Supervisor supervisor, String configuration) {
    return new TinyPart(directory, supervisor.ports(), configuration);
  }

  private static long pid(Supervisor supervisor) {
    return supervisor.ready(PartName.SANDBOX).orElseThrow().pid();
  }

  private List<Long> processesOfThisMachine() {
    var mark = new Mark("java", "-Dorderflow.part=" + directory.file("sandbox"));
    return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(mark::isOn).toList();
  }
}
