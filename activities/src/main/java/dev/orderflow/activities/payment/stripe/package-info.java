/**
 * Paid through Stripe: PaymentIntents, their captures and cancellations, refunds, and webhooks.
 * {@code docs/payments.md} says how it is set up.
 */
package dev.orderflow.activities.payment.stripe;
