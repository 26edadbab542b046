package dev.orderflow.drill;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.dev.CannotStart;
import dev.orderflow.dev.OrderlyEnd;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.awaitility.core.ConditionTimeoutException;

/** How a drill ends, whatever comes: in order, and with the exit code of its kind. */
public final class Ending {

  private Ending() {}

  /** A drill that says on standard error what it does. */
  public interface Drill {

    /** Whether what is promised held. */
    boolean run(Consumer<String> says) throws Exception;
  }

  /**
   * Carries it out.
   *
   * @return the exit code
   */
  public static int of(Output output, Drill drill) throws Exception {
    Consumer<String> says = what -> say(output, what);
    try (var end = OrderlyEnd.ofThisThread()) {
      return (drill.run(says) ? ExitCode.OK : ExitCode.FAILED).code();
    } catch (CannotStart failed) {
      says.accept("orderflow drill: " + failed.getMessage());
      return failed.reason().exitCode();
    } catch (AssertionError
        | ConditionTimeoutException
        | IllegalStateException
        | IOException broken) {
      says.accept("orderflow drill: " + String.valueOf(broken.getMessage()).strip());
      return ExitCode.FAILED.code();
    } catch (InterruptedException asked) {
      return ExitCode.INTERRUPTED.code();
    }
  }

  private static void say(Output output, String what) {
    PrintWriter err = output.err();
    err.println(what);
    err.flush();
  }
}
