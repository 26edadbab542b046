package dev.orderflow.cli;

import dev.orderflow.client.Spelling;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;

/** The commands there are, by name. */
final class Commands {

  private final TreeMap<String, CommandProvider> byName = new TreeMap<>();

  Commands(Iterable<CommandProvider> providers) {
    for (CommandProvider provider : providers) {
      CommandProvider other = byName.put(provider.name(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two commands are called '"
                + provider.name()
                + "': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName());
      }
    }
  }

  Optional<CommandProvider> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Collection<CommandProvider> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  String unknown(String name) {
    return "there is no command '"
        + name
        + "'; "
        + Spelling.nearest(name, byName.keySet())
            .map(near -> "did you mean '" + near + "'?")
            .orElse("'orderflow --help' lists them");
  }
}
