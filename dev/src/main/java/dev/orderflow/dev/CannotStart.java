package dev.orderflow.dev;

/** Why the machine cannot be brought up; the message names what is wrong and the remedy. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reasons, each with the exit code of {@code orderflow dev}. */
  public enum Reason {
    /** A part did not become ready. */
    PART_FAILED(1),
    /** Another supervisor is at work in the directory. */
    ALREADY_RUNNING(10),
    /** A foreign process listens on a port. */
    PORT_TAKEN(11),
    /** A program that is needed could not be found. */
    TOOL_MISSING(12);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
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
