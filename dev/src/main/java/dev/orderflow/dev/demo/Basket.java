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
 * @param token how the provider is to behave
 */
record Basket(List<Item> items, Optional<String> coupon, Money price, String token) {

  static final Basket EMPTY =
      new Basket(List.of(), Optional.empty(), Money.zero(CurrencyUnit.EUR), "approve");

  /** So many of an article, or of a shipping line. */
  record Item(String article, int quantity) {}

  Basket {
    items = List.copyOf(items);
  }

  Basket with(int quantity, String article) {
    List<Item> more = new ArrayList<>(items);
    more.add(new Item(article, quantity));
    return new Basket(more, coupon, price, token);
  }

  Basket withCoupon(String code) {
    return new Basket(items, Optional.of(code), price, token);
  }

  Basket withPrice(Money owed) {
    return new Basket(items, coupon, owed, token);
  }

  Basket paidWith(String behaviour) {
    return new Basket(items, coupon, price, behaviour);
  }
}
