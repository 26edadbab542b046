package dev.orderflow.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("new/folder/lines.jsonl");
  }

  private static List<String> lines(Journal journal) {
    List<String> lines = new ArrayList<>();
    journal.replay(lines::add);
    return lines;
  }

  @Test
  void linesAreThereAgainInTheirOrder() {
    try (Journal journal = Journal.open(file)) {
      journal.write("one");
      journal.force(journal.write("two"));
    }
    try (Journal journal = Journal.open(file)) {
      journal.force(journal.write("three"));
      assertThat(lines(journal)).containsExactly("one", "two", "three");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 8_192, 50_000})
  void aTornLastLineIsCutOff(int length) throws IOException {
    try (Journal journal = Journal.open(file)) {
      journal.force(journal.write("whole"));
    }
    Files.writeString(file, "x".repeat(length), StandardOpenOption.APPEND);

    try (Journal journal = Journal.open(file)) {
      assertThat(lines(journal)).containsExactly("whole");
      journal.force(journal.write("next"));
      assertThat(lines(journal)).containsExactly("whole", "next");
    }
  }

  /** It may be another program's: it is as it was until something is written. */
  @Test
  void aFileThatIsNothingButATornLineIsEmptyAndLeftAsItIs() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"seq\":1");

    try (Journal journal = Journal.open(file)) {
      assertThat(lines(journal)).isEmpty();
    }
    assertThat(file).hasContent("{\"seq\":1");
  }

  @Test
  void aLineOfWrongBytesIsNamedAndNotTheOneThatItWasReadWith() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {'1', '\n', '2', (byte) 0xff, '\n', '3', '\n'});

    try (Journal journal = Journal.open(file)) {
      assertThatThrownBy(() -> journal.replay(line -> {})).hasMessageContaining("line 2");
    }
  }

  @Test
  void aLineThatIsNotUnderstoodIsNamed() {
    try (Journal journal = Journal.open(file)) {
      journal.write("1");
      journal.force(journal.write("two"));

      assertThatThrownBy(() -> journal.replay(Integer::parseInt))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(file + ", line 2")
          .hasMessageContaining("\"two\"");
    }
  }

  @Test
  void oneOwnerAtATime() {
    try (Journal owner = Journal.open(file)) {
      assertThatThrownBy(() -> Journal.open(file))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another sandbox");
      owner.force(owner.write("still mine"));
    }
  }

  @Test
  void whoeverForcesFindsItsLineOnTheDisk() {
    try (Journal journal = Journal.open(file)) {
      IntStream.range(0, 500)
          .parallel()
          .forEach(
              number -> {
                journal.force(journal.write("line " + number));
                assertThat(lines(journal)).contains("line " + number);
              });
      assertThat(lines(journal)).hasSize(500);
    }
  }
}
