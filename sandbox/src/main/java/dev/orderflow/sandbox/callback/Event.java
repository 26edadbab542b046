package dev.orderflow.sandbox.callback;

import java.time.Instant;

/**
 * What the merchant is told: that something happened, and where to ask.
 *
 * @param id the same however often it is sent
 * @param type such as {@code charge.succeeded}
 * @param mode always {@code test}: nothing here moves money
 * @param reference id of the object
 */
record Event(
    String id,
    String type,
    String mode,
    String account,
    Instant createdAt,
    String reference,
    String merchantReference) {

  static final String MODE = "test";
  static final String ACCOUNT = "acct_sandbox";
}
