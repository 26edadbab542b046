package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.PaymentActivities.Capture;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Takes what was authorized, all of it. */
@Singleton
final class Captures {
  private final Ledger ledger;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  @Inject
  Captures(Ledger ledger, Attempts attempts, Bookkeeping books, ProviderCalls calls) {
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  Outcome capture(Capture capture) {
    StepKey key = capture.key();
    String authorization =
        ledger
            .find(capture.authorization())
            .filter(known -> known.state() == Operation.State.SUCCEEDED)
            .flatMap(Operation::reference)
            .orElseThrow(() -> notAuthorized(key));
    BookedPayment payment =
        books.payment(capture.authorization()).orElseThrow(() -> notAuthorized(key));
    String order = key.order().value();
    ProviderTransaction held =
        new ProviderTransaction(
            Kind.AUTHORIZATION, authorization, payment.amount(), order, Optional.empty());
    return attempts.make(
        key,
        payment.channel(),
        attempt ->
            calls.carryOut(
                new ProviderCall(
                    key,
                    capture,
                    new Expectation(
                        Kind.CAPTURE, payment.amount(), order, Optional.of(authorization)),
                    tx -> books.payments().attachCapture(tx, payment.key(), key),
                    (channel, sameKey, budget) -> channel.capture(sameKey, held, budget)),
                attempt));
  }

  private static RuntimeException notAuthorized(StepKey key) {
    return StepFailure.never(
        key, new Reason("NOT_AUTHORIZED", "There is no authorization to capture."));
  }
}
