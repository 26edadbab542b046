package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderlyEndTest {

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 143"})
  void aProcessCleansUpAfterSigtermAndEndsWithZeroWhenThatWasWanted(boolean wanted, int code)
      throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Patient.class.getName(),
            Boolean.toString(wanted));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("waits");

      process.toHandle().destroy(); // Process.destroy would close what it says

      assertThat(process.waitFor()).isEqualTo(code);
      assertThat(said.readLine()).isEqualTo("cleaned up");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until it is asked to end. */
  static final class Patient {
    public static void main(String[] args) {
      try (var end = OrderlyEnd.ofThisThread(() -> Boolean.parseBoolean(args[0]));
          AutoCloseable work = () -> System.out.println("cleaned up")) {
        System.out.println("waits");
        new CountDownLatch(1).await();
      } catch (Exception asked) {
        // What is waited for has been said.
      }
    }
  }
}
