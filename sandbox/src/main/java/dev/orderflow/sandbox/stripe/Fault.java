package dev.orderflow.sandbox.stripe;

/** How the next POST goes wrong. */
public enum Fault {
  /** HTTP 500, and nothing is done; kept under the key, as Stripe does. */
  ERROR_BEFORE,
  /** It is done, and HTTP 500 kept under the key. */
  ERROR_AFTER,
  /** It is done, and the connection closed without an answer. */
  LOST_AFTER,
  /** HTTP 409: a request with the same key is at work. */
  IN_FLIGHT,
  /** HTTP 429 with the code {@code lock_timeout}: another request is at work on the object. */
  LOCKED,
  /** HTTP 429. */
  RATE_LIMITED
}
