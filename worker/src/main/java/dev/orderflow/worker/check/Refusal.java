package dev.orderflow.worker.check;

import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import java.util.Objects;

/** Why the worker, or a command, does not start: one line that ends with what mends it. */
public final class Refusal extends RuntimeException {

  private final Finding finding;

  public Refusal(Finding finding) {
    super(
        finding.subject() + ": " + finding.says() + finding.remedy().map(r -> "; " + r).orElse(""));
    this.finding = finding;
  }

  /** What was found. */
  public Finding finding() {
    return finding;
  }

  /** The same, as a command ends with it. */
  public CliException toCli() {
    ExitCode code =
        finding.verdict() == Finding.Verdict.UNREACHABLE ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    return new CliException(code, getMessage(), this);
  }

  /** The innermost reason of {@code failure}, on one line. */
  public static String cause(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    return Objects.requireNonNullElse(innermost.getMessage(), innermost.toString())
        .lines()
        .findFirst()
        .orElse("");
  }
}
