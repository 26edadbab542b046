package dev.orderflow.dev;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a part's process is started.
 *
 * @param command the executable and its arguments; never a secret, other users can read it
 * @param environment variables set on top of the supervisor's own
 * @param inputs what else decides how it behaves (contents of its configuration, its jars): when
 *     one differs from what a running process was started with, that process is out of date
 */
record Launch(List<String> command, Map<String, String> environment, List<String> inputs) {

  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    inputs = List.copyOf(inputs);
  }

  static Launch of(List<String> command) {
    return new Launch(command, Map.of(), List.of());
  }

  /** Ready to start, with nothing to read and with its output in the log. */
  ProcessBuilder builder(List<String> before, Path log) {
    var whole = new ArrayList<>(before);
    whole.addAll(command);
    var builder =
        new ProcessBuilder(whole)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // The user's own settings are for the user's own servers.
    builder.environment().keySet().removeIf(name -> name.matches("(TEMPORAL_|PG).*"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Equal for two launches that behave the same. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      command.forEach(word -> add(digest, word));
      new TreeMap<>(environment).forEach((name, value) -> add(digest, name + "=" + value));
      inputs.forEach(input -> add(digest, input));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
