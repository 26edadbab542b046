/**
 * The part of Stripe that we use, in miniature and stateful: PaymentIntents, their captures and
 * cancellations, refunds, search, idempotency keys and webhooks, as Stripe documents them.
 */
package dev.orderflow.sandbox.stripe;
