package dev.orderflow.sandbox.stripe;

/** What a customer does when Stripe asks for something. */
public enum CustomerAct {
  PAYS,
  REFUSES
}
