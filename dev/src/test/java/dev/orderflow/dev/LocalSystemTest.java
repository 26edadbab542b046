package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSystemTest {
  @TempDir Path folder;

  @Test
  void aKilledPartIsStartedAgainOnTheSamePort() throws Exception {
    var options =
        LocalOptions.throwAway(new Directory(folder)).without(PartName.SANDBOX, PartName.WORKER);
    options =
        new LocalOptions(
            options.directory(), options.ports(), options.parts(), System.out::println);
    try (var system = LocalSystem.start(options)) {
      for (PartName part : options.parts()) {
        long pid = system.pid(part);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertThat(system.awaitOtherThan(part, pid, Duration.ofSeconds(60))).isNotEqualTo(pid);
      }
    }
  }
}
