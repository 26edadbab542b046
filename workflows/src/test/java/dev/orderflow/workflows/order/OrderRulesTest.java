package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.payload.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRulesTest {

  private static final ObjectReader EXACT =
      Json.MAPPER
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private static final String GOOD =
      """
      {"key": "cart-1", "customer": "c-42", "currency": "EUR",
       "recipient": {"name": "Ada Example", "email": "ada@example.com"},
       "lines": [{"article": "MUG-1", "quantity": 2, "unitPrice": 9.90},
                 {"article": "POST", "quantity": 1, "unitPrice": 4.20,
                  "taxRate": 19, "taxIncluded": false}],
       "payment": {"token": "approve"}, "coupon": "SPRING", "total": 24.80}
      """;

  @Test
  void anOrdinaryOrderIsTaken() {
    assertThatCode(() -> OrderRules.check(with("/key", "\"cart-1\""))).doesNotThrowAnyException();
  }

  /** Columns: a field, what it is set to (nothing: it is left out), the whole message. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "(none)",
      textBlock =
"""
/key                | (none)              | key: is missing; every order needs it
/key                | ""                  | key: '': must be 1 to 100 printable ASCII characters
/key                | "Ä"                 | key: 'Ä': must be 1 to 100 printable ASCII characters
/key                | "a\\nb"             | key: 'a\\u000ab': must be 1 to 100 printable ASCII characters
/customer           | (none)              | customer: is missing; every order needs it
/recipient          | (none)              | recipient: is missing; every order needs it
/recipient/name     | (none)              | recipient.name: is missing; every order needs it
/recipient/name     | " "                 | recipient.name: ' ': must not be empty
/recipient/name     | "Ada\\r\\nBcc: x"   | recipient.name: 'Ada\\u000d\\u000aBcc: x': contains the character U+000D; use no line breaks and no control characters
/recipient/name     | "Ada\\u2028x"       | recipient.name: 'Ada\\u2028x': contains the character U+2028; use no line breaks and no control characters
/recipient/name     | "\\u202eadA"        | recipient.name: '\\u202eadA': contains the character U+202E; use no line breaks and no control characters
/recipient/email    | "ada"               | recipient.email: 'ada': not one plain address; write it as name@example.com
/recipient/email    | "Ada <a@b.example>" | recipient.email: 'Ada <a@b.example>': not one plain address; write it as name@example.com
/recipient/email    | "a@b.example,c@d.example" | recipient.email: 'a@b.example,c@d.example': not one plain address; write it as name@example.com
/recipient/email    | "a@b"               | recipient.email: 'a@b': not one plain address; write it as name@example.com
/recipient/email    | "a@b."              | recipient.email: 'a@b.': not one plain address; write it as name@example.com
/recipient/email    | "a..b@c.example"    | recipient.email: 'a..b@c.example': not one plain address; write it as name@example.com
/recipient/email    | "a@-b.example"      | recipient.email: 'a@-b.example': not one plain address; write it as name@example.com
/recipient/email    | "a@b.example\\n"    | recipient.email: 'a@b.example\\u000a': contains the character U+000A; use no line breaks and no control characters
/currency           | (none)              | currency: is missing; every order needs it
/currency           | "XAU"               | currency: 'XAU': nobody can pay in it; use one such as EUR
/lines              | []                  | lines: '0 lines': an order has 1 to 200 lines
/lines/0/article    | "a b"               | lines[0].article: 'a b': must be 1 to 64 letters, digits, '.', '_' or '-'
/lines/0/article    | (none)              | lines[0].article: is missing; every order needs it
/lines/1/quantity   | 0                   | lines[1].quantity: '0': must be a whole number from 1 to 10000
/lines/1/quantity   | 10001               | lines[1].quantity: '10001': must be a whole number from 1 to 10000
/lines/0/unitPrice  | -0.01               | lines[0].unitPrice: '-0.01': must be 0 or more
/lines/0/unitPrice  | 1.005               | lines[0].unitPrice: '1.005': EUR has 2 decimals; round it
/lines/0/unitPrice  | 1e999999999         | lines[0].unitPrice: '1E+999999999': is more than the limit of EUR 10000000000.00
/lines/0/unitPrice  | 9999999999.99       | lines[0].unitPrice: '9999999999.99 x 2': the line is more than the limit of EUR 10000000000.00
/lines/0/taxRate    | -1                  | lines[0].taxRate: '-1': must be a percentage from 0 to 100
/lines/0/taxRate    | 100.01              | lines[0].taxRate: '100.01': must be a percentage from 0 to 100
/lines/0/taxRate    | 1e-999999999        | lines[0].taxRate: '1E-999999999': has more than 4 decimals; round it
/lines/1/taxRate    | (none)              | lines[1].taxIncluded: 'false': needs taxRate, the tax to add in percent
/coupon             | "SPRING 5"          | coupon: 'SPRING 5': must be 1 to 64 letters, digits, '_' or '-'
/payment            | (none)              | payment: is missing; every order needs it
/payment/token      | (none)              | payment.token: is missing; every order needs it
/payment/token      | "a b"               | payment.token: (3 characters, not shown) must be 1 to 200 printable ASCII characters without spaces: the provider's token
/payment/token      | "4242424242424242"  | payment.token: looks like a card number; send the provider's token instead
/payment/token      | "4242-4242-4242-4242" | payment.token: looks like a card number; send the provider's token instead
/payment/token      | " 3782 822463 10005" | payment.token: looks like a card number; send the provider's token instead
/payment/token      | "4242 - 4242 - 4242 - 4242" | payment.token: looks like a card number; send the provider's token instead
/payment/channel    | "Stripe"            | payment.channel: 'Stripe': must be a channel's name: 1 to 32 lower-case letters, digits, '_' or '-', the first a letter or a digit
/payment/method     | "Credit Card"       | payment.method: 'Credit Card': must be a word such as card: 1 to 32 lower-case letters, digits, '_' or '-'
/country            | "de"                | country: 'de': is no country; write its two capital letters of ISO 3166, such as DE
/country            | "GER"               | country: 'GER': is no country; write its two capital letters of ISO 3166, such as DE
/total              | 24.79               | total: '24.79': the lines come to 24.80; correct the one that is wrong
/total              | 24.801              | total: '24.801': EUR has 2 decimals; round it
/lines/1/unitPrice  | (none)              | total: '24.80': only with a unitPrice on every line; leave it out or add the prices
""")
  void aDocumentIsRefusedWithFieldValueAndRemedy(String field, String value, String message)
      throws JsonProcessingException {
    OrderDocument document = with(field, value);

    assertThatThrownBy(() -> OrderRules.check(document))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage(message);
  }

  @Test
  void aLongTextIsNamedByItsLengthAndShownShortened() {
    assertThatThrownBy(() -> OrderRules.check(with("/recipient/name", quoted("x".repeat(201)))))
        .hasMessage(
            "recipient.name: '"
                + "x".repeat(60)
                + "...': has 201 characters; at most 200 are possible");
    assertThatThrownBy(() -> OrderRules.check(with("/payment/token", quoted("x".repeat(201)))))
        .hasMessageContaining("(201 characters, not shown)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b+c@mail.example.org", "o'neil@x.example", "a@b.example"})
  void ordinaryAddressesAreTaken(String address) {
    assertThatCode(() -> OrderRules.check(with("/recipient/email", quoted(address))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tok_4242424242424242", "42-42", "1f2e4242-4242-4242-4242-424242424242"})
  void tokensThatHoldManyDigitsAreTaken(String token) {
    assertThatCode(() -> OrderRules.check(with("/payment/token", quoted(token))))
        .doesNotThrowAnyException();
  }

  @Test
  void namesInEveryScriptAreTaken() {
    // With the joiner that Persian spelling needs.
    assertThatCode(() -> OrderRules.check(with("/recipient/name", "\"\u0645\u06cc\u200c\u0634\"")))
        .doesNotThrowAnyException();
  }

  @Test
  void aMissingLineAndTooManyLinesAreRefused() throws JsonProcessingException {
    OrderDocument good = with("/total", "(none)");
    List<OrderDocument.Line> holed = new ArrayList<>(good.lines());
    holed.add(1, null);

    assertThatThrownBy(() -> OrderRules.check(withLines(good, holed)))
        .hasMessage("lines[1]: is missing; every order needs it");
    assertThatThrownBy(
            () -> OrderRules.check(withLines(good, Collections.nCopies(201, good.lines().get(0)))))
        .hasMessage("lines: '201 lines': an order has 1 to 200 lines");
  }

  @Test
  void aYenHasNoDecimals() {
    OrderDocument.Line line =
        new OrderDocument.Line(
            "A", 1, Optional.of(new java.math.BigDecimal("10.5")), null, null, null);
    assertThatThrownBy(
            () -> {
              OrderDocument good = with("/total", null);
              OrderRules.check(
                  new OrderDocument(
                      good.key(),
                      good.customer(),
                      good.recipient(),
                      CurrencyUnit.JPY,
                      List.of(line),
                      null,
                      good.payment(),
                      null));
            })
        .hasMessage("lines[0].unitPrice: '10.5': JPY has 0 decimals; round it");
  }

  private static OrderDocument withLines(OrderDocument order, List<OrderDocument.Line> lines) {
    return new OrderDocument(
        order.key(),
        order.customer(),
        order.recipient(),
        order.currency(),
        lines,
        order.coupon(),
        order.payment(),
        Optional.empty());
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static OrderDocument with(String field, String value) throws JsonProcessingException {
    ObjectNode root = (ObjectNode) EXACT.readTree(GOOD);
    int slash = field.lastIndexOf('/');
    JsonNode parent = root.at(field.substring(0, slash));
    String name = field.substring(slash + 1);
    if (value == null || value.equals("(none)")) {
      ((ObjectNode) parent).remove(name);
    } else if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(name), EXACT.readTree(value));
    } else {
      ((ObjectNode) parent).set(name, EXACT.readTree(value));
    }
    return Json.MAPPER.treeToValue(root, OrderDocument.class);
  }
}
