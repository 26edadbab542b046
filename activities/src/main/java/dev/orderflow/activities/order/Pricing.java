package dev.orderflow.activities.order;

import dev.orderflow.activities.order.OrderConfig.PriceSource;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** What each line of a document costs, before any discount. */
@Singleton
final class Pricing {

  private final OrderConfig config;
  private final Catalog catalog;

  @Inject
  Pricing(OrderConfig config, Catalog catalog) {
    this.config = config;
    this.catalog = catalog;
  }

  /**
   * The lines, priced.
   *
   * @throws Refusal when an article is unknown, or what the document states about it is not so
   */
  List<Assessment.Line> price(OrderDocument document) {
    Map<String, Article> articles =
        config.prices() == PriceSource.CALLER
            ? Map.of()
            : catalog.articles(
                document.lines().stream()
                    .map(OrderDocument.Line::article)
                    .collect(Collectors.toSet()));
    List<Assessment.Line> lines = new ArrayList<>();
    for (OrderDocument.Line line : document.lines()) {
      Article article =
          config.prices() == PriceSource.CALLER
              ? stated(document, line)
              : known(document, line, articles);
      lines.add(line(lines.size() + 1, line.quantity(), article));
    }
    checkTotal(document, lines);
    return lines;
  }

  private static Article stated(OrderDocument document, OrderDocument.Line line) {
    LinePrice price =
        LinePrice.stated(document.currency(), line)
            .orElseThrow(
                () ->
                    new Refusal(
                        "PRICE_MISSING",
                        line.article()
                            + " has no unitPrice; here prices come from whoever places the order"));
    return new Article(line.article(), line.kind().orElse(LineKind.ARTICLE), line.article(), price);
  }

  private static Article known(
      OrderDocument document, OrderDocument.Line line, Map<String, Article> articles) {
    Article article = articles.get(line.article());
    if (article == null) {
      throw new Refusal("UNKNOWN_ARTICLE", "there is no article " + line.article());
    }
    LinePrice price = article.price();
    if (!price.unit().getCurrencyUnit().equals(document.currency())) {
      throw new Refusal(
          "CURRENCY_DIFFERS",
          line.article()
              + " is sold in "
              + price.unit().getCurrencyUnit()
              + ", not in "
              + document.currency());
    }
    line.unitPrice().ifPresent(stated -> same(line, "costs", price.unit().getAmount(), stated));
    line.taxRate().ifPresent(stated -> same(line, "has a taxRate of", price.taxRate(), stated));
    boolean otherTax = line.taxIncluded().map(in -> in != price.taxIncluded()).orElse(false);
    if (otherTax && price.taxRate().signum() > 0) {
      throw new Refusal(
          "PRICE_DIFFERS",
          "the price of "
              + line.article()
              + (price.taxIncluded() ? " includes" : " excludes")
              + " the tax; place the order again with that");
    }
    line.kind()
        .filter(kind -> kind != article.kind())
        .ifPresent(
            kind -> {
              throw new Refusal(
                  "PRICE_DIFFERS",
                  line.article() + " is of kind " + article.kind() + ", not " + kind);
            });
    return article;
  }

  private static void same(
      OrderDocument.Line line, String what, BigDecimal known, BigDecimal stated) {
    if (known.compareTo(stated) != 0) {
      throw new Refusal(
          "PRICE_DIFFERS",
          line.article()
              + " "
              + what
              + " "
              + known.stripTrailingZeros().toPlainString()
              + ", not "
              + stated.toPlainString()
              + "; place the order again with that");
    }
  }

  private static Assessment.Line line(int number, int quantity, Article article) {
    try {
      Money gross = article.price().gross(quantity);
      return new Assessment.Line(
          number,
          article.code(),
          article.name(),
          article.kind(),
          quantity,
          article.price(),
          gross,
          Money.zero(gross.getCurrencyUnit()));
    } catch (ArithmeticException e) {
      throw new Refusal(
          "AMOUNT_TOO_LARGE", quantity + " of " + article.code() + ": " + e.getMessage());
    }
  }

  private static void checkTotal(OrderDocument document, List<Assessment.Line> lines) {
    Money sum = Assessor.gross(document.currency(), lines);
    document
        .total()
        .filter(stated -> stated.compareTo(sum.getAmount()) != 0)
        .ifPresent(
            stated -> {
              throw new Refusal(
                  "TOTAL_DIFFERS", "the lines come to " + sum + ", not " + stated.toPlainString());
            });
  }

  /** The document can't be an order. */
  static final class Refusal extends RuntimeException {
    private final transient Reason why;

    Refusal(String code, String message) {
      this(new Reason(code, message));
    }

    Refusal(Reason why) {
      super(why.toString(), null, false, false);
      this.why = why;
    }

    Reason why() {
      return why;
    }
  }
}
