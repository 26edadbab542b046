package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why an operation is declined, a payment disputed, or a refund sent back. */
enum ReasonCode {
  CARD_DECLINED(Source.ISSUER, "The card was declined."),
  INSUFFICIENT_FUNDS(Source.ISSUER, "The card has insufficient funds."),
  EXPIRED_CARD(Source.ISSUER, "The card has expired."),
  INCORRECT_CVC(Source.ISSUER, "The card's security code is incorrect."),
  INCORRECT_NUMBER(Source.ISSUER, "The card number is incorrect."),
  LIMIT_EXCEEDED(Source.ISSUER, "The card's limit is exceeded."),
  LOST_CARD(Source.ISSUER, "The card was reported lost."),
  STOLEN_CARD(Source.ISSUER, "The card was reported stolen."),
  SUSPECTED_FRAUD(Source.ISSUER, "The issuer suspects fraud."),
  DO_NOT_HONOR(Source.ISSUER, "The issuer declined without a reason."),
  AUTHENTICATION_REQUIRED(Source.ISSUER, "The cardholder must authenticate."),
  CURRENCY_NOT_SUPPORTED(Source.ISSUER, "The card does not support this currency."),
  AUTHORIZATION_EXPIRED(Source.ISSUER, "The authorization is not held any more."),
  TRY_AGAIN_LATER(Source.ISSUER, "The issuer could not be reached; try again later."),

  AMOUNT_TOO_LARGE(Source.PROVIDER, "The amount is more than what is left."),
  PAYMENT_DECLINED(Source.PROVIDER, "The payment it acts on was declined."),
  ALREADY_CAPTURED(Source.PROVIDER, "The authorization is captured already."),
  ALREADY_VOIDED(Source.PROVIDER, "The authorization is voided."),
  PAYMENT_PENDING(Source.PROVIDER, "The payment it acts on still waits for the customer."),
  CANCELLED_BY_CUSTOMER(Source.PROVIDER, "The customer cancelled the payment."),
  CLOSED(Source.PROVIDER, "The merchant closed the payment."),
  UNDO_REFUSED(Source.PROVIDER, "The provider does not take this payment back now."),
  PAYMENT_DISPUTED(Source.PROVIDER, "The customer disputes the payment, or has won the dispute."),
  ALREADY_DISPUTED(Source.PROVIDER, "All of the payment is or was disputed."),
  ALREADY_FAILED(Source.PROVIDER, "The refund has failed already."),

  FRAUDULENT(Source.CUSTOMER, "The cardholder did not make this payment."),
  PRODUCT_NOT_RECEIVED(Source.CUSTOMER, "The cardholder has not received the goods."),
  PRODUCT_UNACCEPTABLE(Source.CUSTOMER, "The goods are not what was ordered."),
  DUPLICATE(Source.CUSTOMER, "The cardholder has paid twice."),

  ACCOUNT_CLOSED(Source.BANK, "The customer's account is closed; the refund came back.");

  private enum Source {
    ISSUER,
    PROVIDER,
    CUSTOMER,
    BANK
  }

  private final Source source;
  private final String message;

  ReasonCode(Source source, String message) {
    this.source = source;
    this.message = message;
  }

  /** The code of an issuer that a token may ask for; the provider's own rules are not for sale. */
  static Optional<ReasonCode> ofIssuer(String code) {
    return of(Source.ISSUER, code);
  }

  /** The code by which a customer disputes a payment. */
  static Optional<ReasonCode> ofCustomer(String code) {
    return of(Source.CUSTOMER, code);
  }

  private static Optional<ReasonCode> of(Source source, String code) {
    return Arrays.stream(values())
        .filter(candidate -> candidate.source == source && candidate.code().equals(code))
        .findFirst();
  }

  @JsonValue
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String message() {
    return message;
  }
}
