package dev.orderflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says what is done with odd money names the test of each policy. */
class PaymentsPageTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** A test class, perhaps with one of its tests. */
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void everyPolicyHasATestThatIsThere() throws IOException {
    List<String> policies =
        Files.readAllLines(HOME.resolve("docs/payments.md")).stream()
            .dropWhile(line -> !line.equals("| situation | policy | test |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    Map<String, List<String>> sources = sources();

    assertThat(policies).isNotEmpty().allMatch(line -> NAMED.matcher(line).find());
    assertThat(policies.stream().flatMap(line -> NAMED.matcher(line).results()))
        .allMatch(named -> isThere(named, sources));
  }

  private static boolean isThere(MatchResult named, Map<String, List<String>> sources) {
    List<String> found = sources.getOrDefault(named.group(1), List.of());
    return named.group(2) == null
        ? !found.isEmpty()
        : found.stream().anyMatch(source -> source.contains(" void " + named.group(2) + "("));
  }

  private static Map<String, List<String>> sources() throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.groupingBy(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Collectors.mapping(PaymentsPageTest::text, Collectors.toList())));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
