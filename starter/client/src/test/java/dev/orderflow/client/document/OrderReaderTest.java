package dev.orderflow.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderReaderTest {

  private static final String GOOD =
      """
      {
        "key": "cart-1",
        "customer": "c-42",
        "recipient": {"name": "Ada Example", "email": "ada@example.com", "language": "de"},
        "currency": "EUR",
        "lines": [
          {"article": "MUG-1", "quantity": 2, "unitPrice": 9.90, "kind": "ARTICLE",
           "taxRate": 19, "taxIncluded": true},
          {"article": "POST", "quantity": 1, "unitPrice": 4.2, "kind": "SHIPPING"}
        ],
        "coupon": null,
        "payment": {"token": "approve"},
        "total": 24.00
      }
      """;

  @Test
  void aDocumentIsReadFieldByField() throws IOException {
    OrderDocument order = OrderReader.read(new ByteArrayInputStream(bytes(GOOD)));

    assertThat(order.key()).isEqualTo("cart-1");
    assertThat(order.customer().value()).isEqualTo("c-42");
    assertThat(order.recipient().language()).contains(OrderDocument.Language.DE);
    assertThat(order.currency().getCode()).isEqualTo("EUR");
    assertThat(order.lines()).hasSize(2);
    assertThat(order.lines().get(0).unitPrice()).contains(new BigDecimal("9.90"));
    assertThat(order.lines().get(1).kind()).contains(LineKind.SHIPPING);
    assertThat(order.coupon()).isEmpty();
    assertThat(order.payment().channel()).isEmpty();
    assertThat(order.total()).contains(new BigDecimal("24.00"));
  }

  @Test
  void aPriceMayEndInMoreZerosThanTheCurrencyHasDecimals() {
    OrderDocument order = OrderReader.read(bytes(GOOD.replace("9.90", "9.90000")));

    assertThat(order.lines().get(0).unitPrice()).contains(new BigDecimal("9.90000"));
  }

  /** Columns: what is replaced in the good document, by what, and the whole message. */
  @ParameterizedTest(name = "{index}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
"quantity": 2,  | "qantity": 2,        | lines[0].qantity: there is no such field; did you mean 'quantity'?
"quantity": 2,  | "farbe": 2,          | lines[0].farbe: there is no such field; the fields are article, quantity, unitPrice, kind, taxRate, taxIncluded
"quantity": 2,  | "quantity": "2",     | lines[0].quantity: '2' must be a whole number
"quantity": 2,  | "quantity": 2.7,     | lines[0].quantity: '2.7' must be a whole number
"quantity": 2,  | "quantity": 99999999999, | lines[0].quantity: '99999999999' must be a whole number
"quantity": 2,  | "quantity": null,    | lines[0].quantity: is missing; every line needs a whole number
9.90            | "9.90"               | lines[0].unitPrice: '9.90' must be a number without quotes, such as 12.50
9.90            | 1e999999999          | lines[0].unitPrice: '1E+999999999': is more than the limit of EUR 10000000000.00
"ARTICLE"       | "GIFT"               | lines[0].kind: 'GIFT' must be one of ARTICLE, SHIPPING, FEE
"taxIncluded": true | "taxIncluded": "yes" | lines[0].taxIncluded: 'yes' must be true or false
"c-42"          | "ada@example.com"    | customer: 'ada@example.com' must be 1 to 64 letters, digits, '.', '-' or '_': an opaque id, never a mail address
"c-42"          | 42                   | customer: '42' must be a text in quotes
"EUR"           | "EURO"               | currency: 'EURO' is not an ISO 4217 currency code such as EUR
"EUR"           | "XXX"                | currency: 'XXX': nobody can pay in it; use one such as EUR
{"token": "approve"} | "approve"       | payment: must be an object in { }
"approve"       | 4242424242424242     | payment.token: must be a text in quotes
"coupon": null  | "coupon": null, "key": "b" | document: line 11, column 24: the field 'key' is given twice; keep one
"coupon": null  | "coupon": nil        | document: line 11, column 13: this is not JSON: 'nil,'
"coupon": null  | "coupon": [[[[[[[[[[]]]]]]]]]] | document: is nested too deeply or a number is too long for an order
"key": "cart-1",| ``                   | key: is missing; every order needs it
"total": 24.00  | "total": 23.99       | total: '23.99': the lines come to 24.00; correct the one that is wrong
""")
  void aBadDocumentIsRefusedWithFieldValueAndRemedy(String what, String by, String message) {
    String json = GOOD.replace(what, by == null ? "" : by);
    assertThat(json).as("the replacement took place").isNotEqualTo(GOOD);

    assertThatThrownBy(() -> OrderReader.read(bytes(json)))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage(message);
  }

  @Test
  void aNullAmongTheLinesIsRefused() {
    String json = GOOD.replace("\"lines\": [", "\"lines\": [null, ");

    assertThatThrownBy(() -> OrderReader.read(bytes(json)))
        .hasMessage("lines[0]: must be an object in { }");
  }

  @Test
  void aTextThatEndsEarlySaysWhere() {
    assertThatThrownBy(() -> OrderReader.read(bytes("{\n \"key\": \"a\"")))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage(
            "document: line 2, column 12: the text ends too early; a bracket or a quote is not closed");
  }

  @Test
  void whereverATextIsCutOffTheMessageSaysSomething() {
    String order = GOOD.strip();
    for (int end = 1; end < order.length(); end++) {
      byte[] beginning = bytes(order.substring(0, end));
      assertThatThrownBy(() -> OrderReader.read(beginning))
          .isInstanceOf(InvalidOrderException.class)
          .hasMessageStartingWith("document: line ")
          .hasMessageNotContaining("''");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void aDocumentInAnotherEncodingIsRefused(String encoding) {
    assertThatThrownBy(() -> OrderReader.read(GOOD.getBytes(Charset.forName(encoding))))
        .isInstanceOf(InvalidOrderException.class)
        .hasMessage("document: must be UTF-8; save the text as that");
  }

  @Test
  void aDocumentInLatin1IsRefusedAndAByteOrderMarkIsNot() {
    String accented = GOOD.replace("Ada", "Ad\u00e9");

    assertThatThrownBy(() -> OrderReader.read(accented.getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessage("document: must be UTF-8; save the text as that");
    assertThat(OrderReader.read(bytes("\ufeff" + accented)).recipient().name())
        .isEqualTo("Ad\u00e9 Example");
  }

  @Test
  void aListOfOrdersIsToldHowToBeWritten() {
    assertThatThrownBy(() -> OrderReader.read(bytes("[]")))
        .hasMessage("document: is a list; write several orders one on a line, without brackets");
  }

  @Test
  void nothingOrSomethingElseIsNoOrder() {
    assertThatThrownBy(() -> OrderReader.read(bytes("  ")))
        .hasMessage("document: is not a JSON object; an order begins with {");
    assertThatThrownBy(() -> OrderReader.read(bytes("12")))
        .hasMessage("document: is not a JSON object; an order begins with {");
    assertThatThrownBy(() -> OrderReader.read(bytes(GOOD + "{}")))
        .isInstanceOf(InvalidOrderException.class);
  }

  @Test
  void aDocumentBeyondTheLimitIsNotParsed() {
    assertThatThrownBy(() -> OrderReader.read(bytes(" ".repeat(OrderReader.MAX_BYTES) + "{}")))
        .hasMessage("document: is longer than 256 KiB; split it into several orders");
  }

  @Test
  void theValueAndTheFieldCanBeRead() {
    InvalidOrderException refused =
        catchThrowableOfType(
            InvalidOrderException.class,
            () -> OrderReader.read(bytes(GOOD.replace("\"quantity\": 2,", "\"quantity\": 0,"))));

    assertThat(refused.field()).isEqualTo("lines[0].quantity");
    assertThat(refused.value()).isEqualTo("0");
  }

  @Test
  void linesAreReadOneByOneAndABadOneSpoilsNoOther() {
    String good = GOOD.replace("\n", " ");
    String tooLong = " ".repeat(OrderReader.MAX_BYTES) + "{}";
    var lines =
        OrderReader.lines(
            stream("\ufeff" + good + "\n\n{\"key\": nil}\r\n" + tooLong + "\n" + good));

    List<String> seen = new ArrayList<>();
    lines.forEachRemaining(line -> seen.add(line.number() + " " + outcome(line)));

    assertThat(seen)
        .containsExactly(
            "1 cart-1",
            "3 document: column 9: this is not JSON: 'nil}'",
            "4 document: is longer than 256 KiB; split it into several orders",
            "5 cart-1");
  }

  private static String outcome(OrderLine line) {
    try {
      return line.document().key();
    } catch (InvalidOrderException e) {
      return e.getMessage();
    }
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
