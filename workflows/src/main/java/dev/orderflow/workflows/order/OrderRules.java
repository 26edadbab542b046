package dev.orderflow.workflows.order;

import static dev.orderflow.workflows.order.FieldCheck.present;

import dev.orderflow.workflows.payment.ChannelName;
import dev.orderflow.workflows.payment.PaymentChoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a document must fulfil to be an order, as far as the document alone says it. The client asks
 * before it sends, the ledger before it accepts.
 */
public final class OrderRules {

  public static final int MAX_LINES = 200;
  public static final int MAX_QUANTITY = 10_000;

  private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,100}");
  private static final Pattern ARTICLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern COUPON = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern METHOD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /** Its digits together or in groups, whatever stands between them. */
  private static final Pattern CARD_NUMBER =
      Pattern.compile("\\s*[0-9](?:[^A-Za-z0-9]{0,3}[0-9]){11,18}\\s*");

  /**
   * Conservative: what every mail server on the internet takes, written without quotes, comments or
   * names.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9]([A-Za-z0-9-]{0,62})(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}))+");

  private static final int MAX_LOCAL_PART = 64;

  private OrderRules() {}

  /**
   * @throws InvalidOrderException for the first field, in the document's order, that breaks a rule
   */
  public static void check(OrderDocument document) {
    FieldCheck.form("key", document.key(), KEY, "1 to 100 printable ASCII characters");
    present("customer", document.customer());
    recipient(present("recipient", document.recipient()));
    CurrencyUnit currency = present("currency", document.currency());
    if (currency.isPseudoCurrency()) {
      throw FieldCheck.invalid(
          "currency", currency.getCode(), "nobody can pay in it; use one such as EUR");
    }
    lines(currency, document.lines());
    document
        .coupon()
        .ifPresent(
            code -> FieldCheck.form("coupon", code, COUPON, "1 to 64 letters, digits, '_' or '-'"));
    payment(present("payment", document.payment()));
    document.total().ifPresent(total -> total(document, total));
    document.country().ifPresent(OrderRules::country);
  }

  private static void country(String code) {
    if (!COUNTRIES.contains(code)) {
      throw FieldCheck.invalid(
          "country", code, "is no country; write its two capital letters of ISO 3166, such as DE");
    }
  }

  private static void recipient(OrderDocument.Recipient recipient) {
    FieldCheck.text("recipient.name", recipient.name(), 200);
    FieldCheck.text("recipient.email", recipient.email(), 254);
    String email = recipient.email();
    if (!ADDRESS.matcher(email).matches() || email.indexOf('@') > MAX_LOCAL_PART) {
      throw FieldCheck.invalid(
          "recipient.email", email, "not one plain address; write it as name@example.com");
    }
  }

  private static void lines(CurrencyUnit currency, List<OrderDocument.Line> lines) {
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw FieldCheck.invalid(
          "lines", lines.size() + " lines", "an order has 1 to " + MAX_LINES + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      String path = "lines[" + i + "]";
      line(path, currency, present(path, lines.get(i)));
    }
  }

  private static void line(String path, CurrencyUnit currency, OrderDocument.Line line) {
    FieldCheck.form(
        path + ".article", line.article(), ARTICLE, "1 to 64 letters, digits, '.', '_' or '-'");
    if (line.quantity() < 1 || line.quantity() > MAX_QUANTITY) {
      throw FieldCheck.invalid(
          path + ".quantity", line.quantity(), "must be a whole number from 1 to 10000");
    }
    line.unitPrice().ifPresent(price -> FieldCheck.amount(path + ".unitPrice", price, currency));
    line.taxRate().ifPresent(rate -> FieldCheck.rate(path + ".taxRate", rate));
    if (line.taxRate().isEmpty() && line.taxIncluded().equals(Optional.of(false))) {
      throw FieldCheck.invalid(
          path + ".taxIncluded", "false", "needs taxRate, the tax to add in percent");
    }
    LinePrice.stated(currency, line).ifPresent(price -> gross(path, price, line.quantity()));
  }

  private static Money gross(String path, LinePrice price, int quantity) {
    try {
      return price.gross(quantity);
    } catch (ArithmeticException e) {
      throw FieldCheck.invalid(
          path + ".unitPrice",
          price.unit().getAmount().toPlainString() + " x " + quantity,
          "the line is more than the limit of " + FieldCheck.limit(price.unit().getCurrencyUnit()));
    }
  }

  /**
   * Checks how a customer wants to pay after an attempt that failed.
   *
   * @throws InvalidOrderException with the field that is wrong
   */
  public static void check(PaymentChoice choice) {
    payment(new OrderDocument.Payment(choice.channel(), choice.token()));
  }

  private static void payment(OrderDocument.Payment payment) {
    payment
        .channel()
        .ifPresent(
            name ->
                FieldCheck.form(
                    "payment.channel",
                    name,
                    ChannelName.FORM,
                    "a channel's name: " + ChannelName.RULE));
    payment
        .method()
        .ifPresent(
            word ->
                FieldCheck.form(
                    "payment.method",
                    word,
                    METHOD,
                    "a word such as card: 1 to 32 lower-case letters, digits, '_' or '-'"));
    if (CARD_NUMBER.matcher(present("payment.token", payment.token())).matches()) {
      throw new InvalidOrderException(
          "payment.token", "", "looks like a card number; send the provider's token instead");
    }
    FieldCheck.secret(
        "payment.token",
        payment.token(),
        TOKEN,
        "1 to 200 printable ASCII characters without spaces: the provider's token");
  }

  private static void total(OrderDocument document, BigDecimal total) {
    FieldCheck.amount("total", total, document.currency());
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < document.lines().size(); i++) {
      OrderDocument.Line line = document.lines().get(i);
      LinePrice price =
          LinePrice.stated(document.currency(), line)
              .orElseThrow(
                  () ->
                      FieldCheck.invalid(
                          "total",
                          total.toPlainString(),
                          "only with a unitPrice on every line; leave it out or add the prices"));
      sum = sum.add(gross("lines[" + i + "]", price, line.quantity()).getAmount());
    }
    if (sum.compareTo(total) != 0) {
      throw FieldCheck.invalid(
          "total",
          total.toPlainString(),
          "the lines come to " + sum.toPlainString() + "; correct the one that is wrong");
    }
  }
}
