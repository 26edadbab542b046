package dev.orderflow.activities.payment.stripe;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stripe's {@code stripe-mock}, built with Go, once per user. */
final class StripeMock implements AutoCloseable {
  private static final String VERSION = "v0.199.0";
  private static final Pattern LISTENING =
      Pattern.compile("Listening for HTTP at address: (127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI url;

  private StripeMock(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Where there is no Go, or the module can't be fetched, the test is skipped, and says so. */
  static StripeMock startOrSkip() {
    try {
      return start(built());
    } catch (IOException e) {
      return skip("stripe-mock can't be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return skip("interrupted");
    }
  }

  URI url() {
    return url;
  }

  private static Path built() throws IOException, InterruptedException {
    Path directory = cache().resolve("stripe-mock-" + VERSION);
    Path binary = directory.resolve("stripe-mock");
    if (Files.isExecutable(binary)) {
      return binary;
    }
    Files.createDirectories(directory);
    ProcessBuilder build =
        new ProcessBuilder("go", "install", "github.com/stripe/stripe-mock@" + VERSION)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("build.log").toFile());
    build.environment().put("GOBIN", directory.toString());
    Process go;
    try {
      go = build.start();
    } catch (IOException e) {
      return skip("there is no Go on the PATH to build stripe-mock with");
    }
    if (!go.waitFor(8, TimeUnit.MINUTES)) {
      go.destroyForcibly();
      return skip("building stripe-mock took too long");
    }
    return go.exitValue() == 0 && Files.isExecutable(binary)
        ? binary
        : skip("stripe-mock can't be fetched or built; see " + directory.resolve("build.log"));
  }

  private static Path cache() {
    Map<String, String> environment = System.getenv();
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("orderflow");
  }

  private static StripeMock start(Path binary) throws IOException {
    Process process =
        new ProcessBuilder(
                binary.toString(), "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return new StripeMock(process, URI.create("http://" + listening.group(1)));
      }
    }
    process.destroyForcibly();
    return skip("stripe-mock ended before it listened");
  }

  private static <T> T skip(String why) {
    System.err.println("SKIPPED: the shape of requests to Stripe is not checked: " + why);
    return abort(why);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
