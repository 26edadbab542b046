package dev.orderflow.drill.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An order, and where its worker dies. */
record Fate(Basket basket, Point point) {

  /** An order for each moment in each of the calls, which write in our own database alone. */
  static List<Fate> within(Function<String, Basket> basket, String test, String... calls) {
    return each(
        basket, test, List.of(Position.BEFORE, Position.UNCOMMITTED, Position.AFTER), calls);
  }

  /** As {@link #within}, but only the moments that leave different things behind. */
  static List<Fate> around(Function<String, Basket> basket, String test, String... calls) {
    return each(basket, test, List.of(Position.BEFORE, Position.AFTER), calls);
  }

  /** An order for each moment in each of the calls, which ask someone outside. */
  static List<Fate> outside(Function<String, Basket> basket, String test, String... calls) {
    return each(basket, test, List.of(Position.values()), calls);
  }

  private static List<Fate> each(
      Function<String, Basket> kind, String test, List<Position> positions, String... calls) {
    List<Fate> fates = new ArrayList<>();
    for (String call : calls) {
      for (Position position : positions) {
        Basket basket =
            kind.apply(test + "-" + call + "-" + position.name().toLowerCase(Locale.ROOT));
        fates.add(new Fate(basket, new Point(basket.id(), call, position)));
      }
    }
    return fates;
  }

  static List<Basket> baskets(Collection<Fate> fates) {
    return fates.stream().map(Fate::basket).toList();
  }

  static List<Point> points(Collection<Fate> fates) {
    return fates.stream().map(Fate::point).toList();
  }

  @SafeVarargs
  static <T> List<T> all(List<? extends T>... lists) {
    List<T> all = new ArrayList<>();
    for (List<? extends T> list : lists) {
      all.addAll(list);
    }
    return all;
  }
}
