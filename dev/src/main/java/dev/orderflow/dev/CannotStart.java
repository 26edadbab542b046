package dev.orderflow.dev;

import dev.orderflow.cli.ExitCode;

/** Why the machine cannot be brought up; the message names what is wrong and the remedy. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reasons, each with the exit code of {@code orderflow dev}. */
  public enum Reason {
    /** A part did not become ready. */
    PART_FAILED(ExitCode.FAILED),
    /** Another supervisor is at work in the directory. */
    ALREADY_RUNNING(ExitCode.ALREADY_RUNNING),
    /** A foreign process listens on a port. */
    PORT_TAKEN(ExitCode.PORT_TAKEN),
    /** A program that is needed could not be found. */
    TOOL_MISSING(ExitCode.TOOL_MISSING);

    private final ExitCode exitCode;

    Reason(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode.code();
    }
  }

  private final Reason reason;

  CannotStart(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  CannotStart(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
