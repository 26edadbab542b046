package dev.orderflow.drill.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The CPU time of a process by kind of thread: by the thread's name without its number. */
final class Threads {

  private Threads() {}

  static Map<String, Double> of(long pid) throws IOException {
    Map<String, Double> seconds = new HashMap<>();
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        seconds.merge(kind(thread), CpuTime.ofThread(thread), Double::sum);
      }
    }
    return seconds;
  }

  private static String kind(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip().replaceAll("[-#:. ]+\\d.*$", "");
    } catch (IOException gone) {
      return "";
    }
  }
}
