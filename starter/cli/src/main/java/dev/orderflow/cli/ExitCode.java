package dev.orderflow.cli;

/** How a command tells a program what became of it. The codes never change their meaning. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "the order ended otherwise than asked, or a check failed"),
  USAGE(2, "the command line is wrong"),
  REFUSED(3, "an order document is refused"),
  NOT_FOUND(4, "there is no such order"),
  CONFLICT(5, "the key is used for another order, or it is not possible now"),
  UNAVAILABLE(6, "no worker answers, or a service can't be reached"),
  DEADLINE(7, "the deadline passed; what was asked goes on"),
  ALREADY_RUNNING(10, "dev, demo: one runs in this directory already"),
  PORT_TAKEN(11, "dev: a port is taken"),
  TOOL_MISSING(12, "dev, demo: a program that is needed is missing"),
  /** The launcher's, before there is a process of ours. */
  NOT_BUILDABLE(69, "there is no JDK, or no Maven where something must be built"),
  /** The launcher's too. */
  NOT_BUILT(70, "the build failed"),
  INTERRUPTED(130, "interrupted"),
  /** A JVM's own. */
  TERMINATED(143, "ended by SIGTERM, in order");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** What the help page says of it. */
  public String meaning() {
    return meaning;
  }
}
