package dev.orderflow.dev;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs found by their name, and the session of its own that a part's process gets. */
final class Sessions {
  private Sessions() {}

  /**
   * The same command in a session of its own, under the same process id: a Ctrl-C meant for the
   * supervisor then does not reach the parts, which are stopped in order instead. Without a program
   * that does it the command stays as it is.
   */
  static List<String> ofItsOwn(List<String> command) {
    var whole = new ArrayList<String>();
    if (onPath("setsid").isPresent()) {
      whole.add("setsid");
    } else if (onPath("perl").isPresent()) {
      whole.addAll(List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV;"));
    }
    whole.addAll(command);
    return whole;
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
