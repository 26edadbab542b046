package dev.orderflow.dev;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs found by their name, and the session of its own that a part's process gets. */
public final class Sessions {
  private Sessions() {}

  /**
   * What is written before a command so that it runs in a session of its own, under the same
   * process id: a Ctrl-C meant for the supervisor then does not reach the parts, which are stopped
   * in order instead. Nothing, where no program does it.
   */
  public static List<String> startOfItsOwn() {
    if (onPath("setsid").isPresent()) {
      return List.of("setsid");
    }
    return onPath("perl").isPresent()
        ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV;")
        : List.of();
  }

  /** The first executable file of this name on PATH. */
  static Optional<Path> onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String folder : path.split(File.pathSeparator)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
