package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;

/**
 * An order as a client places it. {@link OrderRules} says what a document must fulfil; what needs
 * the ledger (does the article exist, is the price right, is the coupon valid) is decided when the
 * order is accepted.
 *
 * @param key the client's own, unique key, 1 to 100 printable ASCII characters: the same key with
 *     the same document is the same order
 * @param total optional check: the sum of the lines, quantity times unit price plus tax not
 *     included, before any discount, in {@code currency}; only together with every line's price
 * @param country the customer's, ISO 3166-1 alpha-2: routes between channels may ask for it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderDocument(
    String key,
    CustomerId customer,
    Recipient recipient,
    CurrencyUnit currency,
    List<Line> lines,
    Optional<String> coupon,
    Payment payment,
    Optional<BigDecimal> total,
    Optional<String> country) {

  public OrderDocument {
    lines = lines == null ? List.of() : lines; // elements are checked by OrderRules
    coupon = coupon == null ? Optional.empty() : coupon;
    total = total == null ? Optional.empty() : total;
    country = country == null ? Optional.empty() : country;
  }

  /** Of a customer whose country does not matter. */
  public OrderDocument(
      String key,
      CustomerId customer,
      Recipient recipient,
      CurrencyUnit currency,
      List<Line> lines,
      Optional<String> coupon,
      Payment payment,
      Optional<BigDecimal> total) {
    this(key, customer, recipient, currency, lines, coupon, payment, total, Optional.empty());
  }

  /**
   * Who is told.
   *
   * @param email one plain address
   * @param language of the messages; English when absent
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Recipient(String name, String email, Optional<Language> language) {

    /** An address of nobody, as .invalid is of no domain (RFC 2606): what it is sent is dropped. */
    public static final String NOBODY = "nobody@orderflow.invalid";

    public Recipient {
      language = language == null ? Optional.empty() : language;
    }
  }

  /** The languages messages are written in. */
  public enum Language {
    EN,
    DE
  }

  /**
   * One line.
   *
   * @param article the catalog's code
   * @param quantity 1 to 10,000
   * @param unitPrice what the client expects to pay; a price that differs from the catalog's
   *     rejects the order. Required where the installation takes prices from the caller.
   * @param kind as {@code unitPrice}: from the catalog unless prices come from the caller
   * @param taxRate in percent, 0 to 100
   * @param taxIncluded whether {@code unitPrice} includes the tax
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Line(
      String article,
      int quantity,
      Optional<BigDecimal> unitPrice,
      Optional<LineKind> kind,
      Optional<BigDecimal> taxRate,
      Optional<Boolean> taxIncluded) {
    public Line {
      unitPrice = unitPrice == null ? Optional.empty() : unitPrice;
      kind = kind == null ? Optional.empty() : kind;
      taxRate = taxRate == null ? Optional.empty() : taxRate;
      taxIncluded = taxIncluded == null ? Optional.empty() : taxIncluded;
    }
  }

  /**
   * How it is paid.
   *
   * @param channel the payment channel's name; the installation's default when absent
   * @param token the provider's token for the customer's means of payment; never card data
   * @param method the shop's own word for the means of payment, such as {@code card}: routes
   *     between channels may ask for it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Payment(Optional<String> channel, String token, Optional<String> method) {
    public Payment {
      channel = channel == null ? Optional.empty() : channel;
      method = method == null ? Optional.empty() : method;
    }

    /** By means that do not matter. */
    public Payment(Optional<String> channel, String token) {
      this(channel, token, Optional.empty());
    }
  }
}
