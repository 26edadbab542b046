package dev.orderflow.activities.payment;

import dev.orderflow.activities.order.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * By which channels some orders are paid.
 *
 * @param currency of the orders; any when absent
 * @param from the least they cost; anything when absent
 * @param below what they cost less than; anything when absent
 * @param channels one or more; the first one by weight, the others in this order where it has
 *     certainly done nothing
 */
public record RouteConfig(
    Optional<String> currency, Optional<Money> from, Optional<Money> below, List<Share> channels) {
  /**
   * A channel's part.
   *
   * @param weight how many of all the weights' sum begin here, from 0, which leaves it to stand in
   *     for others; 1 when absent
   */
  public record Share(String name, Integer weight) {
    public Share {
      weight = weight == null ? 1 : weight;
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("name: must be a payment channel's");
      }
      if (weight < 0 || weight > 10_000) {
        throw new IllegalArgumentException("weight: " + weight + " is not 0 to 10000");
      }
    }
  }

  public RouteConfig {
    currency = currency == null ? Optional.empty() : currency;
    from = from == null ? Optional.empty() : from;
    below = below == null ? Optional.empty() : below;
    channels = channels == null ? List.of() : List.copyOf(channels);
    currency.ifPresent(RouteConfig::requireCurrency);
    List<String> currencies =
        Stream.of(currency, code(from), code(below)).flatMap(Optional::stream).distinct().toList();
    if (currencies.size() > 1) {
      throw new IllegalArgumentException("currency: a route is in one, not in " + currencies);
    }
    if (from.isPresent() && below.isPresent() && !from.get().isLessThan(below.get())) {
      throw new IllegalArgumentException("below: " + below.get() + " is not above " + from.get());
    }
    if (channels.stream().map(Share::name).distinct().count() < channels.size()) {
      throw new IllegalArgumentException("channels: one is named twice");
    }
    if (channels.stream().noneMatch(share -> share.weight() > 0)) {
      throw new IllegalArgumentException("channels: none has a weight above 0");
    }
  }

  private static void requireCurrency(String code) {
    try {
      CurrencyUnit.of(code);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("currency: '" + code + "' is no currency's code", e);
    }
  }

  private static Optional<String> code(Optional<Money> bound) {
    return bound.map(money -> money.getCurrencyUnit().getCode());
  }

  boolean fits(Money total) {
    String code = total.getCurrencyUnit().getCode();
    return Stream.of(currency, code(from), code(below))
            .flatMap(Optional::stream)
            .allMatch(code::equals)
        && from.filter(total::isLessThan).isEmpty()
        && below.filter(least -> !total.isLessThan(least)).isEmpty();
  }

  /** The names, in the order they are tried; the same one for the same order, as long as it is. */
  List<String> inOrder(Channels.Wish wish, List<Share> left) {
    int sum = left.stream().mapToInt(Share::weight).sum();
    if (sum == 0) {
      return left.stream().map(Share::name).toList();
    }
    long point = number(wish.order().value()) % sum;
    Share first = left.get(0);
    for (Share share : left) {
      first = share;
      point -= share.weight();
      if (point < 0) {
        break;
      }
    }
    return Stream.concat(Stream.of(first), left.stream()).map(Share::name).distinct().toList();
  }

  private static long number(String order) {
    CRC32 crc = new CRC32();
    crc.update(order.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
