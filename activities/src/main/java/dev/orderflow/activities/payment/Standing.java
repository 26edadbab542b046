package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/**
 * What the ledger holds after a call.
 *
 * @param pause how long "not found" may still change; zero where it can't
 */
record Standing(Outcome outcome, Duration pause) {
  static final String NOT_FOUND_YET = "NOT_FOUND_YET";

  /** Whether a payment waits for nothing but its customer. */
  static boolean isAwaited(Outcome outcome) {
    return outcome.state() == State.PENDING
        && outcome.reason().filter(r -> r.code().equals(Answer.AWAITING_CUSTOMER)).isPresent();
  }

  /** The outcome, or {@code PENDING} while the customer is waited for. */
  Outcome finalOrAwaited(StepKey key) {
    return isAwaited(outcome) ? outcome : finalOrThrown(key);
  }

  /** The outcome when it is final; everything else is thrown. */
  Outcome finalOrThrown(StepKey key) {
    if (outcome.state().isFinal()) {
      return outcome;
    }
    String code = outcome.reason().map(Reason::code).orElse("");
    if (code.equals(PaymentChannel.KEY_REUSED)) {
      throw ApplicationFailure.newNonRetryableFailure(
          key + ", " + outcome.reason().orElseThrow(), Ledger.KEY_REUSED, outcome);
    }
    throw code.equals(NOT_FOUND_YET) && !pause.isZero()
        ? StepFailure.unsettled(key, outcome, pause)
        : StepFailure.unsettled(key, outcome);
  }
}
