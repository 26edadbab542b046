package dev.orderflow.activities.payment;

/** What a channel's provider tells us by itself, over HTTP. Safe for use by many threads. */
public interface Callbacks {

  /**
   * Reads a callback, after it was verified: the signature over the raw bytes, compared in constant
   * time, and the age of its timestamp.
   *
   * @throws CallbackRefused when it is not the provider's, too old, or can't be understood
   */
  CallbackEvent read(Callback callback);
}
