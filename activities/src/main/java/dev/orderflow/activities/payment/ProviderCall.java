package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Preparation;
import dev.orderflow.workflows.saga.StepKey;

/**
 * Something to ask of a provider.
 *
 * @param payload what the key stands for
 * @param preparation written in the claim's transaction, before the provider is asked
 * @param request the call itself
 */
record ProviderCall(
    StepKey key,
    Object payload,
    Expectation expectation,
    Preparation preparation,
    Request request) {
  /** The call itself. */
  interface Request {
    Answer send(PaymentChannel channel, StepKey key, CallBudget budget);
  }
}
