package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.Optional;

/** What goes wrong with a call, decided before the test begins. */
public interface Trouble {

  Trouble NONE = new Trouble() {};

  /** Before the effect; {@code attempt} counts from 1. */
  default void before(StepKey key, int attempt) {}

  /** Why the effect is refused under this key. */
  default Optional<Reason> refusal(StepKey key) {
    return Optional.empty();
  }

  /** After the effect has landed. */
  default void after(StepKey key, int attempt) {}

  /** Refused, whatever the key. */
  static Trouble declined(String code) {
    return declinedUpTo(Integer.MAX_VALUE, code);
  }

  /** Refused under the first {@code n} keys. */
  static Trouble declinedUpTo(int n, String code) {
    return new Trouble() {
      @Override
      public Optional<Reason> refusal(StepKey key) {
        return key.n() <= n
            ? Optional.of(new Reason(code, "refused on purpose"))
            : Optional.empty();
      }
    };
  }

  /** The first attempts find nobody; certainly nothing happens. */
  static Trouble failing(int attempts) {
    return failingFrom(1, attempts);
  }

  /** As {@link #failing}, from the given attempt on. */
  static Trouble failingFrom(int first, int attempts) {
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        if (attempt >= first && attempt - first < attempts) {
          throw StepFailure.unsettled(
              key, Outcome.notExecuted(new Reason("UNREACHABLE", "nobody answers on purpose")));
        }
      }
    };
  }

  /** No attempt ever finds anybody. */
  static Trouble failingAlways() {
    return failing(Integer.MAX_VALUE);
  }

  /** Every attempt finds another copy at work, of no use to try again before {@code wait}. */
  static Trouble atWork(int attempts, Duration wait) {
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        if (attempt <= attempts) {
          Reason reason = new Reason("AT_WORK", "another attempt is under way");
          throw StepFailure.unsettled(key, Outcome.pending(reason), wait);
        }
      }
    };
  }

  /** Refused before any call, and of no use to try again. */
  static Trouble never(String code) {
    return neverFrom(1, code);
  }

  /** As {@link #never}, from the given attempt on; the ones before it find nobody. */
  static Trouble neverFrom(int first, String code) {
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        Reason reason = new Reason(code, "not done, on purpose");
        throw attempt < first
            ? StepFailure.unsettled(key, Outcome.notExecuted(reason))
            : StepFailure.never(key, reason);
      }
    };
  }

  /** A bug: fails with something that nobody foresaw. */
  static Trouble throwing(RuntimeException failure) {
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        throw failure;
      }
    };
  }

  /** The first attempts land, and their answers are lost. */
  static Trouble landingUnseen(int attempts) {
    return new Trouble() {
      @Override
      public void after(StepKey key, int attempt) {
        if (attempt <= attempts) {
          throw StepFailure.unsettled(
              key, Outcome.unknown(new Reason("NO_ANSWER", "the answer is lost on purpose")));
        }
      }
    };
  }

  /** Stands still before the effect. */
  static Trouble waitingBefore(Gate gate) {
    return waitingBeforeFrom(1, gate);
  }

  /** As {@link #waitingBefore}, from the given attempt on. */
  static Trouble waitingBeforeFrom(int first, Gate gate) {
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        if (attempt >= first) {
          gate.pass();
        }
      }
    };
  }

  /** Stands still after the effect. */
  static Trouble waitingAfter(Gate gate) {
    return new Trouble() {
      @Override
      public void after(StepKey key, int attempt) {
        gate.pass();
      }
    };
  }

  /** One trouble, and then the other. */
  default Trouble then(Trouble other) {
    Trouble first = this;
    return new Trouble() {
      @Override
      public void before(StepKey key, int attempt) {
        first.before(key, attempt);
        other.before(key, attempt);
      }

      @Override
      public Optional<Reason> refusal(StepKey key) {
        return first.refusal(key).or(() -> other.refusal(key));
      }

      @Override
      public void after(StepKey key, int attempt) {
        first.after(key, attempt);
        other.after(key, attempt);
      }
    };
  }
}
