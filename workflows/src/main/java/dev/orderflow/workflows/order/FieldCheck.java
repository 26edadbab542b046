package dev.orderflow.workflows.order;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;

/** The rules that one field fulfils by itself, and how its value is shown when it does not. */
final class FieldCheck {

  private static final int SHOWN = 60;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final int MAX_RATE_DECIMALS = 4;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private FieldCheck() {}

  static InvalidOrderException invalid(String field, Object value, String message) {
    String shown = shown(String.valueOf(value));
    return new InvalidOrderException(field, shown, "'" + shown + "': " + message);
  }

  static <T> T present(String field, T value) {
    if (value == null) {
      throw new InvalidOrderException(field, "", "is missing; every order needs it");
    }
    return value;
  }

  static void form(String field, String value, Pattern form, String rule) {
    if (!form.matcher(present(field, value)).matches()) {
      throw invalid(field, value, "must be " + rule);
    }
  }

  /** As {@link #form}, for what must not be repeated in a message. */
  static void secret(String field, String value, Pattern form, String rule) {
    if (!form.matcher(present(field, value)).matches()) {
      throw new InvalidOrderException(
          field, "", "(" + value.length() + " characters, not shown) must be " + rule);
    }
  }

  static void text(String field, String value, int max) {
    if (present(field, value).isBlank()) {
      throw invalid(field, value, "must not be empty");
    }
    if (value.length() > max) {
      throw invalid(
          field, value, "has " + value.length() + " characters; at most " + max + " are possible");
    }
    value
        .codePoints()
        .filter(FieldCheck::isUnprintable)
        .findFirst()
        .ifPresent(
            c -> {
              throw invalid(
                  field,
                  value,
                  "contains the character U+%04X; use no line breaks and no control characters"
                      .formatted(c));
            });
  }

  /** Control and formatting characters (which can turn text around), line ends, lone surrogates. */
  private static boolean isUnprintable(int c) {
    if (c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER) {
      return false; // part of ordinary spelling in several languages
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  static void amount(String field, BigDecimal value, CurrencyUnit currency) {
    if (value.signum() < 0) {
      throw invalid(field, value, "must be 0 or more");
    }
    // Before any arithmetic: 1e999999999 is a short text and a long number.
    if (value.compareTo(most(currency)) > 0) {
      throw invalid(field, value, "is more than the limit of " + limit(currency));
    }
    if (value.stripTrailingZeros().scale() > currency.getDecimalPlaces()) {
      throw invalid(
          field,
          value,
          currency.getCode() + " has " + currency.getDecimalPlaces() + " decimals; round it");
    }
  }

  static void rate(String field, BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(HUNDRED) > 0) {
      throw invalid(field, value, "must be a percentage from 0 to 100");
    }
    if (value.stripTrailingZeros().scale() > MAX_RATE_DECIMALS) {
      throw invalid(field, value, "has more than 4 decimals; round it");
    }
  }

  static String limit(CurrencyUnit currency) {
    return currency.getCode() + " " + most(currency).toPlainString();
  }

  private static BigDecimal most(CurrencyUnit currency) {
    return BigDecimal.valueOf(LinePrice.MAX_MINOR, currency.getDecimalPlaces());
  }

  static String shown(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (isUnprintable(c)) {
                text.append("\\u%04x".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return value.codePointCount(0, value.length()) > SHOWN ? text + "..." : text.toString();
  }
}
