package dev.orderflow.dev;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The table of addresses that a person sees. */
final class Summary {
  private Summary() {}

  static String of(Directory directory, Addresses at, Set<PartName> parts) {
    var table = new StringBuilder("\n");
    row(table, "Temporal", at.temporal() + ", namespace " + at.namespace());
    row(table, "Web UI", at.webUi());
    row(table, "PostgreSQL", at.database() + ", user " + at.databaseUser());
    row(table, "Payments", at.sandbox() + " (sandbox)");
    row(table, "Mail", at.smtp() + " (sandbox)");
    if (parts.contains(PartName.WORKER)) {
      row(table, "Worker", at.health());
      row(table, "Callbacks", at.callbacks());
    }
    row(table, "Directory", directory.root());
    return table
        .append("\nFor development only: what Temporal stores is not encrypted.")
        .toString();
  }

  /** Of the machine that runs in the directory; empty when none can be told. */
  static Optional<String> ofRunning(Directory directory) {
    try {
      Optional<Ports> ports = directory.recallPorts();
      return ports.isEmpty()
          ? Optional.empty()
          : Optional.of(
              of(directory, Addresses.of(directory, ports.get()), EnumSet.allOf(PartName.class)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static void row(StringBuilder table, String name, Object value) {
    table.append("  %-12s%s%n".formatted(name, value));
  }
}
