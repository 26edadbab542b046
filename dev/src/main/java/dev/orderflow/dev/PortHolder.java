package dev.orderflow.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Finds out which process listens on a port: from /proc where there is one, else from lsof. */
public final class PortHolder {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortHolder() {}

  /** "process 4711 (nginx -g daemon off;)", or nothing where this user may not see it. */
  static Optional<String> describe(int port) {
    OptionalLong pid = find(port);
    if (pid.isEmpty()) {
      return Optional.empty();
    }
    String command = String.join(" ", Mark.commandLine(pid.getAsLong()));
    String shown = command.length() > 120 ? command.substring(0, 120) + "…" : command;
    return Optional.of("process " + pid.getAsLong() + (shown.isEmpty() ? "" : " (" + shown + ")"));
  }

  /** The process that listens on it; empty where there is none, or this user may not see it. */
  public static OptionalLong find(int port) {
    try {
      return Files.isReadable(PROC.resolve("net/tcp")) ? fromProc(port) : fromLsof(port);
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    }
  }

  private static OptionalLong fromProc(int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : new String[] {"net/tcp", "net/tcp6"}) {
      Path file = PROC.resolve(table);
      if (Files.isReadable(file)) {
        Files.readAllLines(file).stream()
            .map(line -> line.strip().split("\\s+"))
            .filter(f -> f.length > 9 && f[3].equals(LISTENING))
            .filter(f -> f[1].endsWith(":%04X".formatted(port)))
            .forEach(f -> sockets.add("socket:[" + f[9] + "]"));
      }
    }
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> !sockets.isEmpty() && holdsOneOf(sockets, pid))
        .findFirst();
  }

  private static boolean holdsOneOf(Set<String> sockets, long pid) {
    try (var files = Files.newDirectoryStream(PROC.resolve(pid + "/fd"))) {
      for (Path file : files) {
        if (sockets.contains(linkOf(file))) {
          return true;
        }
      }
    } catch (IOException goneOrForbidden) {
      return false;
    }
    return false;
  }

  private static String linkOf(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException gone) {
      return "";
    }
  }

  private static OptionalLong fromLsof(int port) throws IOException, InterruptedException {
    Process lsof =
        new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String out = new String(lsof.getInputStream().readAllBytes()).strip();
    lsof.waitFor(5, TimeUnit.SECONDS);
    return out.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(out.lines().findFirst().orElseThrow()));
  }
}
