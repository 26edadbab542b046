package dev.orderflow.dev;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** One process of the machine: how it is made ready, started, asked and stopped. */
interface Part {

  PartName name();

  /** What it listens on. */
  Set<Port> ports();

  /** Brings into being what the command needs. Done before every start, so it may be repeated. */
  void prepare() throws IOException, InterruptedException;

  /** How it is started. */
  Launch launch() throws IOException;

  /** What no other process on this machine has: by it a forgotten one is known. */
  Mark mark();

  /** Asks it once whether it serves; takes no longer than two seconds. */
  boolean answers();

  /**
   * Asks it once whether it is alive, even when it does not serve because another part is missing.
   */
  default boolean lives() {
    return answers();
  }

  /** How long a start may take before it counts as failed. */
  default Duration patience() {
    return Duration.ofSeconds(90);
  }

  /** How long it may take to end by itself when asked to. */
  default Duration grace() {
    return Duration.ofSeconds(10);
  }

  /** Asks the process to end, in the way that makes it end soon and in order. */
  default void askToEnd(ProcessHandle process) {
    process.destroy();
  }
}
