package dev.orderflow.client;

import java.time.Duration;

/** The answer did not come in time. What was asked may still happen; asking again is safe. */
public final class DeadlineException extends OrderflowException {

  DeadlineException(String what, Duration deadline) {
    super(
        what
            + " did not answer within "
            + Spans.text(deadline)
            + "; it goes on by itself, or waits for somebody, as its status says");
  }
}
