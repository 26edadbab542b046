package dev.orderflow.worker;

import dev.orderflow.cli.Main;
import java.util.stream.Stream;

/** {@code orderflow worker} as a program of its own. */
public final class WorkerMain {

  private WorkerMain() {}

  /** Takes the options of the command. */
  public static void main(String[] args) {
    Main.main(Stream.concat(Stream.of("worker"), Stream.of(args)).toArray(String[]::new));
  }
}
