package dev.orderflow.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a part's process is told from all others.
 *
 * @param program the file name of its executable
 * @param word an argument that names this directory
 */
record Mark(String program, String word) {

  /** Whether a process bears it; false where its command line cannot be seen. */
  boolean isOn(long pid) {
    List<String> words = commandLine(pid);
    return words.contains(word) && Path.of(words.get(0)).endsWith(program);
  }

  /** The words of a command line, none where it cannot be seen. */
  static List<String> commandLine(long pid) {
    try {
      Path file = Path.of("/proc", Long.toString(pid), "cmdline");
      if (Files.isReadable(file)) {
        String line = Files.readString(file, StandardCharsets.ISO_8859_1);
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
      }
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().commandLine())
          .map(line -> List.of(line.split(" ")))
          .orElse(List.of());
    } catch (IOException gone) {
      return List.of();
    }
  }
}
