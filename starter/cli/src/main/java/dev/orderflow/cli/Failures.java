package dev.orderflow.cli;

import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.NoWorkerException;
import dev.orderflow.client.NotPossibleException;
import dev.orderflow.client.OrderArchivedException;
import dev.orderflow.client.OrderKeyConflictException;
import dev.orderflow.client.UnreachableException;
import dev.orderflow.workflows.order.InvalidOrderException;
import picocli.CommandLine;

/** A failure: one line on standard error, and the exit code of its kind. */
final class Failures implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message(e));
    if (CommonOptions.isVerbose(command.getCommandSpec())) {
      e.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return codeOf(e).code();
  }

  /** The exit code of a failure's kind. */
  static ExitCode codeOf(Exception e) {
    if (e instanceof CliException ours) {
      return ours.exitCode();
    }
    if (e instanceof InvalidOrderException) {
      return ExitCode.REFUSED;
    }
    if (e instanceof NoSuchOrderException) {
      return ExitCode.NOT_FOUND;
    }
    if (e instanceof OrderKeyConflictException
        || e instanceof NotPossibleException
        || e instanceof OrderArchivedException) {
      return ExitCode.CONFLICT;
    }
    if (e instanceof NoWorkerException || e instanceof UnreachableException) {
      return ExitCode.UNAVAILABLE;
    }
    if (e instanceof DeadlineException) {
      return ExitCode.DEADLINE;
    }
    return e instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private static String message(Exception e) {
    boolean meantForPeople =
        e instanceof IllegalArgumentException
            || codeOf(e) != ExitCode.FAILED
            || e instanceof CliException;
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return meantForPeople
        ? text
        : "unexpected "
            + e.getClass().getSimpleName()
            + (e.getMessage() == null ? "" : ": " + text)
            + " (--verbose shows where)";
  }
}
