package dev.orderflow.worker.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a look at one thing showed.
 *
 * @param subject what was looked at, such as {@code migrations}
 * @param says one line, without secrets
 * @param remedy for everything but {@link Verdict#OK}: the command, or what to write
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Finding(String subject, Verdict verdict, String says, Optional<String> remedy) {

  /** Whether work is possible. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** Work is possible, but not everything is. */
    WARNING,
    /** Not there: a worker does not start, or no order moves. */
    MISSING,
    /** Does not answer. */
    UNREACHABLE;

    /** Whether orders can be carried in spite of it. */
    public boolean letsWork() {
      return this == OK || this == WARNING;
    }
  }

  /** The same; its remedy names the configuration that was looked at. */
  public Finding naming(Path configuration) {
    return new Finding(
        subject,
        verdict,
        says,
        remedy.map(text -> text.replace("--config FILE", "--config " + configuration)));
  }

  public static Finding ok(String subject, String says) {
    return new Finding(subject, Verdict.OK, says, Optional.empty());
  }

  public static Finding warning(String subject, String says, String remedy) {
    return new Finding(subject, Verdict.WARNING, says, Optional.of(remedy));
  }

  public static Finding missing(String subject, String says, String remedy) {
    return new Finding(subject, Verdict.MISSING, says, Optional.of(remedy));
  }

  public static Finding unreachable(String subject, String says, String remedy) {
    return new Finding(subject, Verdict.UNREACHABLE, says, Optional.of(remedy));
  }

  /**
   * Makes sure that work is possible.
   *
   * @throws Refusal otherwise
   */
  public void require() {
    if (!verdict.letsWork()) {
      throw new Refusal(this);
    }
  }
}
