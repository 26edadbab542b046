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
  INTERRUPTED(130, "interrupted");

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
