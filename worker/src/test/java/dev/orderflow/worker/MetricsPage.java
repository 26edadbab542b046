package dev.orderflow.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics that {@code docs/operations.md} lists in its tables. */
record MetricsPage(Set<String> names) {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `((?:orderflow|temporal)_[a-z_]+)`");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  static MetricsPage read() throws IOException {
    Matcher rows = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
    return new MetricsPage(
        rows.results().map(row -> row.group(1)).collect(Collectors.toCollection(TreeSet::new)));
  }

  Set<String> listed(String prefix) {
    return startingWith(prefix, names);
  }

  /** What a scrape has, without the greatest values that stand beside histograms. */
  static Set<String> exported(String scrape, String prefix) {
    return startingWith(
        prefix,
        TYPE.matcher(scrape)
            .results()
            .map(type -> type.group(1))
            .filter(name -> !name.endsWith("_max"))
            .collect(Collectors.toSet()));
  }

  private static Set<String> startingWith(String prefix, Set<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
