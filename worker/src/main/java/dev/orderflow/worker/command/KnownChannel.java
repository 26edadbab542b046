package dev.orderflow.worker.command;

import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.client.Spelling;
import java.util.Map;
import java.util.TreeSet;

/** A channel by the name that somebody typed. */
final class KnownChannel {

  private KnownChannel() {}

  static <T> T of(String name, Map<String, T> known) {
    if (!known.containsKey(name)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "NAME: there is no payment channel '"
              + name
              + "'; "
              + Spelling.nearest(name, known.keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("known: " + String.join(", ", new TreeSet<>(known.keySet()))));
    }
    return known.get(name);
  }
}
