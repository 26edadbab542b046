package dev.orderflow.dev;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a machine is to be.
 *
 * @param directory where it lives; two machines never share one
 * @param ports which ports to take
 * @param parts which processes to run; a test that brings its own worker leaves WORKER out
 * @param events told what happens, one line at a time, from several threads
 * @param besides what the worker is configured with besides, as TOML
 */
public record LocalOptions(
    Directory directory,
    PortChoice ports,
    Set<PartName> parts,
    Consumer<String> events,
    String besides) {

  public LocalOptions {
    parts = Set.copyOf(parts);
  }

  public LocalOptions(
      Directory directory, PortChoice ports, Set<PartName> parts, Consumer<String> events) {
    this(directory, ports, parts, events, "");
  }

  /** All parts on free ports, silently: for a directory that is thrown away. */
  public static LocalOptions throwAway(Directory directory) {
    return new LocalOptions(
        directory, PortChoice.anyFree(), EnumSet.allOf(PartName.class), event -> {});
  }

  /** The same without some parts. */
  public LocalOptions without(PartName... unwanted) {
    var wanted = EnumSet.copyOf(parts);
    wanted.removeAll(Set.of(unwanted));
    return new LocalOptions(directory, ports, wanted, events, besides);
  }

  /** The same, its worker configured with this besides. */
  public LocalOptions configuring(String toml) {
    return new LocalOptions(directory, ports, parts, events, toml);
  }
}
