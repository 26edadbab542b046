package dev.orderflow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at what is written. */
public final class Terminal {

  private Terminal() {}

  /** Whether standard output is a terminal. */
  public static boolean isOutput() {
    return isTerminal(1);
  }

  /** Whether standard error is a terminal; progress bars are drawn only there. */
  public static boolean isError() {
    return isTerminal(2);
  }

  /**
   * The JDK's console says yes only when input and output both are terminals, so Linux is asked.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return System.console() != null;
    }
  }
}
