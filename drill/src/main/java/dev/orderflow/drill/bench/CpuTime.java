package dev.orderflow.drill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The CPU time of processes, as {@code /proc} tells it, in seconds. */
final class CpuTime {

  private static final Path PROC = Path.of("/proc");

  /** Fixed on Linux: {@code USER_HZ}. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER = 11;
  private static final int CHILDREN_SYSTEM = 14;

  private CpuTime() {}

  /** Of a process and all its children, also of those that have ended. */
  static double ofTree(long pid) {
    double children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> ofTree(child.pid()))
            .sum();
    return ticks(PROC.resolve(pid + "/stat"), CHILDREN_SYSTEM) / TICKS_PER_SECOND + children;
  }

  /** Of one thread, named by its folder in {@code /proc}. */
  static double ofThread(Path task) {
    return ticks(task.resolve("stat"), USER + 1) / TICKS_PER_SECOND;
  }

  /** From the user's time to the given field; 0 where the process has gone. */
  private static long ticks(Path stat, int last) {
    try {
      String line = Files.readString(stat);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Stream.of(fields).skip(USER).limit(last - USER + 1L).mapToLong(Long::parseLong).sum();
    } catch (IOException gone) {
      return 0;
    }
  }
}
