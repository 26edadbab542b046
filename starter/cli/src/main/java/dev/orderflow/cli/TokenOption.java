package dev.orderflow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where a provider's token is found; others on this computer can read what stands on a command
 * line. For use as a group of which one is given.
 */
public final class TokenOption {

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file that holds the provider's token, such as secrets/token")
  private Path file;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "the provider's token, such as approve at the sandbox; - for standard input")
  private String value;

  /** The token, read now. */
  public String read() {
    try {
      if (file != null) {
        return Files.readString(file).strip();
      }
      return value.equals("-")
          ? new String(System.in.readNBytes(1000), StandardCharsets.UTF_8).strip()
          : value;
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, "--token-file: " + file + " can't be read; is it there, and yours?", e);
    }
  }
}
