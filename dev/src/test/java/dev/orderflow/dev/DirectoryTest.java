package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {

  @TempDir private Path folder;

  @Test
  void aMachineDoesNotLiveInAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    String why = "--dir: '" + file + "' is not a directory; name another, which may be a new one";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Directory(file).create())
        .withMessage(why);
    assertThatIllegalArgumentException().isThrownBy(() -> Home.in(file)).withMessage(why);
  }
}
