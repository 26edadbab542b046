package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL, started where an earlier one did not end well. */
class PostgresPartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Directory directory;
  private PostgresPart postgres;

  @BeforeEach
  void makeDatabase() throws Exception {
    directory = new Directory(folder.toRealPath());
    directory.create();
    Ports ports = PortChoice.anyFree().decide(Optional.empty());
    postgres =
        new PostgresPart(directory, ports, PostgresPrograms.unpack(Caches.ofUser(System.getenv())));
    postgres.prepare();
  }

  @Test
  void startsWhereItsPredecessorIsDeadButNotCollected() throws Exception {
    // A parent that never asks how its child ended.
    var command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & exec sleep 600", "sh"));
    command.addAll(postgres.launch().command());
    Process parent = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      awaitAnswer();
      long first = lockHolder();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> !OwnProcess.lives(ProcessHandle.of(first).orElseThrow()));
      assertThat(ProcessHandle.of(first)).as("the dead one keeps its process id").isPresent();

      assertThatItStarts();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void startsWhereAStrangerWasGivenThePredecessorsProcessId() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          directory.file("postgres").resolve("postmaster.pid"), stranger.pid() + "\n");

      assertThatItStarts();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  private void assertThatItStarts() throws Exception {
    postgres.prepare();
    Process process = postgres.launch().builder(List.of(), log()).start();
    try {
      awaitAnswer();
      assertThat(lockHolder()).isEqualTo(process.pid());
    } finally {
      OwnProcess.end(process.toHandle(), postgres);
    }
  }

  private void awaitAnswer() {
    Awaitility.await().atMost(PATIENCE).until(postgres::answers);
  }

  private long lockHolder() throws Exception {
    Path lock = directory.file("postgres").resolve("postmaster.pid");
    return Long.parseLong(Files.readAllLines(lock).get(0));
  }

  private Path log() {
    return directory.log(PartName.POSTGRES);
  }
}
