package dev.orderflow.cli;

/** Ends a command with one line on standard error, and an exit code. */
public final class CliException extends RuntimeException {

  private final ExitCode exitCode;

  /**
   * @param message names what was asked and the remedy
   */
  public CliException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As the other; the cause is shown with {@code --verbose}. */
  public CliException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
