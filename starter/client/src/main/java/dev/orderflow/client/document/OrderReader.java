package dev.orderflow.client.document;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;

/**
 * Reads order documents from JSON, strictly: nothing is converted, guessed or ignored. What it
 * returns fulfils {@link OrderRules}.
 */
public final class OrderReader {

  /** The longest document, in bytes: about 200 lines of 1,000 characters. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final List<String> DOCUMENT =
      List.of(
          "key",
          "customer",
          "recipient",
          "currency",
          "lines",
          "coupon",
          "payment",
          "total",
          "country");
  private static final List<String> RECIPIENT = List.of("name", "email", "language");
  private static final List<String> LINE =
      List.of("article", "quantity", "unitPrice", "kind", "taxRate", "taxIncluded");
  private static final List<String> PAYMENT = List.of("channel", "token", "method");

  private OrderReader() {}

  /**
   * Reads one document.
   *
   * @throws InvalidOrderException naming the field, or {@code document}, and where in it, when it
   *     is not JSON in UTF-8
   */
  public static OrderDocument read(byte[] json) {
    return document(JsonText.ofDocument(json));
  }

  /**
   * As {@link #read(byte[])}, all there is in the stream, which stays open.
   *
   * @throws IOException when the stream can't be read
   */
  public static OrderDocument read(InputStream json) throws IOException {
    return read(json.readNBytes(MAX_BYTES + 1));
  }

  /**
   * Reads documents that stand one on a line (JSON Lines), as they are asked for; empty lines are
   * passed over. The stream stays open; that it can't be read is an {@link
   * java.io.UncheckedIOException}.
   */
  public static Iterator<OrderLine> lines(InputStream json) {
    return new LineIterator(json);
  }

  static OrderDocument document(JsonText text) {
    Fields fields = new Fields("", text.object(), DOCUMENT);
    OrderDocument document =
        new OrderDocument(
            fields.text("key").orElse(null),
            fields.text("customer").map(OrderReader::customer).orElse(null),
            fields.object("recipient", RECIPIENT).map(OrderReader::recipient).orElse(null),
            fields.text("currency").map(OrderReader::currency).orElse(null),
            fields.objects("lines", LINE).stream().map(OrderReader::line).toList(),
            fields.text("coupon"),
            fields.object("payment", PAYMENT).map(OrderReader::payment).orElse(null),
            fields.decimal("total"),
            fields.text("country"));
    OrderRules.check(document);
    return document;
  }

  private static OrderDocument.Recipient recipient(Fields fields) {
    return new OrderDocument.Recipient(
        fields.text("name").orElse(null),
        fields.text("email").orElse(null),
        fields.word("language", OrderDocument.Language.class));
  }

  private static OrderDocument.Line line(Fields fields) {
    return new OrderDocument.Line(
        fields.text("article").orElse(null),
        fields.whole("quantity"),
        fields.decimal("unitPrice"),
        fields.word("kind", LineKind.class),
        fields.decimal("taxRate"),
        fields.flag("taxIncluded"));
  }

  private static OrderDocument.Payment payment(Fields fields) {
    return new OrderDocument.Payment(
        fields.text("channel"), fields.secret("token").orElse(null), fields.text("method"));
  }

  private static CustomerId customer(String value) {
    try {
      return new CustomerId(value);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid(
          "customer",
          value,
          "must be 1 to 64 letters, digits, '.', '-' or '_': an opaque id, never a mail address");
    }
  }

  private static CurrencyUnit currency(String code) {
    try {
      return CurrencyUnit.of(code);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid("currency", code, "is not an ISO 4217 currency code such as EUR");
    }
  }

  /** The documents of a stream of lines. */
  private static final class LineIterator implements Iterator<OrderLine> {

    private final LineInput input;
    private Optional<OrderLine> next;

    LineIterator(InputStream stream) {
      this.input = new LineInput(stream);
      this.next = input.next();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public OrderLine next() {
      OrderLine line = next.orElseThrow();
      next = input.next();
      return line;
    }
  }
}
