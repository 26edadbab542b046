package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.StepKey;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

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
    Consumer<Handle> preparation,
    Request request) {
  /** The call itself. */
  interface Request {
    Answer send(PaymentChannel channel, StepKey key, CallBudget budget);
  }
}
