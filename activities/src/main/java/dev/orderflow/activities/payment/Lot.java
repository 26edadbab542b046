package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Fingerprint;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Draws by weight: the same one for the same name, as long as what there is to draw is the same.
 */
final class Lot {
  private Lot() {}

  /** One of several, the first one where none weighs anything. */
  static <T> T draw(String name, List<T> several, ToIntFunction<T> weight) {
    int sum = several.stream().mapToInt(weight).sum();
    long point = sum == 0 ? -1 : number(name) % sum;
    for (T one : several) {
      point -= weight.applyAsInt(one);
      if (point < 0) {
        return one;
      }
    }
    throw new IllegalArgumentException("nothing to draw");
  }

  private static long number(String name) {
    // Of its 256 bits the first 32: names that differ a little are drawn independently.
    return Long.parseLong(Fingerprint.of(name), 0, 8, 16);
  }
}
