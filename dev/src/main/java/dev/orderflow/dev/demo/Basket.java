package dev.orderflow.dev.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a customer wants.
 *
 * @param price what is owed when the order is completed, reckoned by hand; zero where it never is
 * @param channel by which it is paid; the usual one when empty
 * @param token how the provider is to behave
 */
record Basket(
    List<Item> items,
    Optional<String> coupon,
    Money price,
    Optional<String> channel,
    String token) {

  static final Basket EMPTY =
      new Basket(
          List.of(), Optional.empty(), Money.zero(CurrencyUnit.EUR), Optional.empty(), "approve");

  /** So many of an article, or of a shipping line. */
  record Item(String article, int quantity) {}

  Basket {
    items = List.copyOf(items);
  }

  Basket with(int quantity, String article) {
    List<Item> more = new ArrayList<>(items);
    more.add(new Item(article, quantity));
    return new Basket(more, coupon, price, channel, token);
  }

  Basket withCoupon(String code) {
    return new Basket(items, Optional.of(code), price, channel, token);
  }

  Basket withPrice(Money owed) {
    return new Basket(items, coupon, owed, channel, token);
  }

  Basket paidBy(String way, String behaviour) {
    return new Basket(items, coupon, price, Optional.of(way), behaviour);
  }

  Basket paidWith(String behaviour) {
    return new Basket(items, coupon, price, channel, behaviour);
  }
}
