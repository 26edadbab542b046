package dev.orderflow.activities.order;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits a discount over lines in proportion to their amounts, by largest remainder: each gets its
 * share rounded down, and what is left goes, one minor unit each, to the largest remainders, the
 * earlier line first.
 */
final class DiscountAllocation {

  private DiscountAllocation() {}

  /**
   * The shares, in the order of the amounts: each 0 to its amount, together the discount.
   *
   * @param discount in minor units, 0 to the sum of the amounts
   * @param amounts in minor units, 0 or more
   */
  static List<Long> allocate(long discount, List<Long> amounts) {
    long sum = amounts.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    if (discount < 0 || discount > sum) {
      throw new IllegalArgumentException(discount + " is not within 0 to " + sum);
    }
    if (discount == 0) {
      return amounts.stream().map(amount -> 0L).toList();
    }
    List<Long> shares = new ArrayList<>();
    List<BigInteger> remainders = new ArrayList<>();
    for (long amount : amounts) {
      BigInteger[] parts =
          BigInteger.valueOf(discount)
              .multiply(BigInteger.valueOf(amount))
              .divideAndRemainder(BigInteger.valueOf(sum));
      shares.add(parts[0].longValueExact());
      remainders.add(parts[1]);
    }
    long left = discount - shares.stream().mapToLong(Long::longValue).sum();
    IntStream.range(0, amounts.size())
        .boxed()
        .sorted(Comparator.<Integer, BigInteger>comparing(remainders::get).reversed())
        .limit(left)
        .forEach(i -> shares.set(i, shares.get(i) + 1));
    return List.copyOf(shares);
  }
}
