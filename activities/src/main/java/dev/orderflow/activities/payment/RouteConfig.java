package dev.orderflow.activities.payment;

import dev.orderflow.activities.order.Channels;
import dev.orderflow.workflows.order.OrderId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * By which channels some orders are paid.
 *
 * @param currency of the orders; any when absent
 * @param from the least they cost; anything when absent
 * @param below what they cost less than; anything when absent
 * @param country where their customers are, ISO 3166-1 alpha-2; an order that says none fits only
 *     where this is empty
 * @param method their means of payment, in the shop's words; as {@code country}
 * @param weight of this route among those that fit and have one; without it the first one that fits
 *     decides
 * @param channels one or more; the first one by weight, the others in this order where it has
 *     certainly done nothing
 */
public record RouteConfig(
    Optional<String> currency,
    Optional<Money> from,
    Optional<Money> below,
    List<String> country,
    List<String> method,
    Optional<Integer> weight,
    List<Share> channels) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int MOST = 10_000;

  /** Through these channels, whatever the order. */
  static RouteConfig by(Share... channels) {
    return new RouteConfig(null, null, null, null, null, null, List.of(channels));
  }

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
      if (weight < 0 || weight > MOST) {
        throw new IllegalArgumentException("weight: " + weight + " is not 0 to 10000");
      }
    }
  }

  public RouteConfig {
    currency = currency == null ? Optional.empty() : currency;
    from = from == null ? Optional.empty() : from;
    below = below == null ? Optional.empty() : below;
    country = country == null ? List.of() : List.copyOf(country);
    method = method == null ? List.of() : List.copyOf(method);
    weight = weight == null ? Optional.empty() : weight;
    channels = channels == null ? List.of() : List.copyOf(channels);
    country.forEach(RouteConfig::requireCountry);
    if (weight.filter(w -> w < 1 || w > MOST).isPresent()) {
      throw new IllegalArgumentException("weight: " + weight.get() + " is not 1 to 10000");
    }
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

  private static void requireCountry(String code) {
    if (!COUNTRIES.contains(code)) {
      throw new IllegalArgumentException(
          "country: '" + code + "' is no country; write its two capital letters, such as DE");
    }
  }

  private static Optional<String> code(Optional<Money> bound) {
    return bound.map(money -> money.getCurrencyUnit().getCode());
  }

  boolean fits(Channels.Wish wish) {
    return fits(wish.total())
        && fits(country, wish.payer().country())
        && fits(method, wish.payer().method());
  }

  private static boolean fits(List<String> wanted, Optional<String> said) {
    return wanted.isEmpty() || said.filter(wanted::contains).isPresent();
  }

  private boolean fits(Money total) {
    String code = total.getCurrencyUnit().getCode();
    return Stream.of(currency, code(from), code(below))
            .flatMap(Optional::stream)
            .allMatch(code::equals)
        && from.filter(total::isLessThan).isEmpty()
        && below.filter(least -> !total.isLessThan(least)).isEmpty();
  }

  boolean isWeighted() {
    return weight.isPresent();
  }

  /** The names, in the order they are tried; the same one for the same order, as long as it is. */
  List<String> inOrder(OrderId order, List<Share> left) {
    Share first = Lot.draw(order.value(), left, Share::weight);
    return Stream.concat(Stream.of(first), left.stream()).map(Share::name).distinct().toList();
  }
}
