package dev.orderflow.activities.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was archived is the only copy: no other archive replaces it or throws it away. */
class ArchiveFilesTest {

  private static final Instant BEFORE = Instant.parse("2024-07-01T00:00:00Z");

  @TempDir Path folder;

  private ArchiveFiles files;
  private ArchiveFiles.Manifest written;

  @BeforeEach
  void ordersOfAnotherLedgerAreThere() throws IOException {
    files = new ArchiveFiles(folder, "orders-before-2024-07-01-0001");
    try (ArchiveFiles.Writing writing = files.write()) {
      writing.line("theirs");
      written = writing.complete(BEFORE);
    }
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    assertThatThrownBy(() -> write("ours"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(files.file().toString())
        .hasMessageContaining("not replaced");

    assertThat(lines()).containsExactly("theirs");
    assertThat(files.isWhole(written.sha256())).isTrue();
  }

  @Test
  void norIsOneThatCameWhileOursWasWritten() throws IOException {
    ArchiveFiles late = new ArchiveFiles(folder, "late");
    try (ArchiveFiles.Writing writing = late.write()) {
      writing.line("ours");
      Files.copy(files.file(), late.file());
      assertThatThrownBy(() -> writing.complete(BEFORE))
          .isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(late.file()).hasSameBinaryContentAs(files.file());
    assertThat(files()).doesNotContain("late.jsonl.gz.part", "late.json");
  }

  @Test
  void whatIsWholeIsKnownByItsManifestAndIsNotThrownAway() throws IOException {
    files.discard();

    assertThat(files.completed()).contains(written);
    assertThat(lines()).containsExactly("theirs");
  }

  @Test
  void halfAFileIsThrownAway() throws IOException {
    ArchiveFiles half = new ArchiveFiles(folder, "half");
    Files.writeString(folder.resolve("half.jsonl.gz.part"), "");
    Files.writeString(half.file(), "");

    assertThat(half.completed()).isEmpty();
    half.discard();

    assertThat(files()).noneMatch(name -> name.startsWith("half"));
  }

  private void write(String line) throws IOException {
    try (ArchiveFiles.Writing writing = files.write()) {
      writing.line(line);
      writing.complete(BEFORE);
    }
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    files.read(10, lines::addAll);
    return lines;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
