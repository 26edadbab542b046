package dev.orderflow.workflows.saga;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one effect.
 *
 * @param reference the other side's own name for the effect, for example a provider's charge id
 * @param reason why, for everything but {@link State#SUCCEEDED}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Outcome(State state, Optional<String> reference, Optional<Reason> reason) {

  /** Five, because a time-out is neither a yes nor a no. */
  public enum State {
    /** Done. */
    SUCCEEDED,
    /** Refused, finally, by the one who was asked. Nothing happened. */
    DECLINED,
    /** Certain: nothing happened, and asking again or elsewhere is safe. */
    NOT_EXECUTED,
    /** Accepted, not yet decided; or another copy of the same effect is at work. */
    PENDING,
    /** It may or may not have happened. Only the same key again, or a question, is safe. */
    UNKNOWN;

    /** Whether the state never changes again. */
    public boolean isFinal() {
      return this == SUCCEEDED || this == DECLINED;
    }
  }

  public Outcome {
    Objects.requireNonNull(state, "state");
    reference = reference == null ? Optional.empty() : reference;
    reason = reason == null ? Optional.empty() : reason;
  }

  public static Outcome succeeded() {
    return new Outcome(State.SUCCEEDED, Optional.empty(), Optional.empty());
  }

  public static Outcome succeeded(String reference) {
    return new Outcome(State.SUCCEEDED, Optional.of(reference), Optional.empty());
  }

  public static Outcome declined(Reason reason) {
    return new Outcome(State.DECLINED, Optional.empty(), Optional.of(reason));
  }

  public static Outcome notExecuted(Reason reason) {
    return new Outcome(State.NOT_EXECUTED, Optional.empty(), Optional.of(reason));
  }

  public static Outcome pending(Reason reason) {
    return new Outcome(State.PENDING, Optional.empty(), Optional.of(reason));
  }

  public static Outcome unknown(Reason reason) {
    return new Outcome(State.UNKNOWN, Optional.empty(), Optional.of(reason));
  }

  @JsonIgnore
  public boolean isDeclined() {
    return state == State.DECLINED;
  }

  /** Whether it was refused for the reason of that code. */
  public boolean isDeclinedAs(String code) {
    return isDeclined() && reason.filter(why -> why.code().equals(code)).isPresent();
  }
}
