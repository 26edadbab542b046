package dev.orderflow.sandbox.payment;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which request each key stands for, and its outcome. A key belongs for ever to the first request
 * that got as far as its effect. Safe for use by many threads.
 */
final class IdempotencyKeys {

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Takes in what the journal remembers. */
  void restore(Effect effect) {
    PaymentObject object = effect.object();
    entries.put(object.idempotencyKey(), new Entry(effect.fingerprint(), Optional.of(object)));
  }

  /**
   * @return the recorded outcome, or empty when the key is free
   * @throws RequestRefused 409 while the outcome is being made, 422 for another request's key
   */
  Optional<PaymentObject> outcome(String key, String fingerprint) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.outcomeOf(fingerprint));
  }

  /**
   * Takes the key for this request.
   *
   * @return empty when it is taken now, the recorded outcome when another copy was faster
   * @throws RequestRefused as {@link #outcome}
   */
  Optional<PaymentObject> claim(String key, String fingerprint) {
    return Optional.ofNullable(entries.putIfAbsent(key, new Entry(fingerprint, Optional.empty())))
        .map(entry -> entry.outcomeOf(fingerprint));
  }

  /** The claimed key has its outcome, for ever. */
  void settle(String key, PaymentObject outcome) {
    entries.computeIfPresent(
        key, (same, entry) -> new Entry(entry.fingerprint(), Optional.of(outcome)));
  }

  /** The claimed key is free again: its request came to no outcome. */
  void release(String key) {
    entries.remove(key);
  }

  /**
   * The object recorded under the key, whatever the request was.
   *
   * @throws RequestRefused 404 when there is none, 409 while it is being made
   */
  PaymentObject recorded(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw RequestRefused.notFound("Nothing is recorded under this key.");
    }
    return entry.outcomeOf(entry.fingerprint());
  }

  private record Entry(String fingerprint, Optional<PaymentObject> outcome) {

    PaymentObject outcomeOf(String asked) {
      if (!fingerprint.equals(asked)) {
        throw RequestRefused.keyReused();
      }
      return outcome.orElseThrow(RequestRefused::inFlight);
    }
  }
}
