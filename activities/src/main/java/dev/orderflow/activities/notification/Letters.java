package dev.orderflow.activities.notification;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.order.OrderDocument.Language;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.text.NumberFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.money.Money;

/**
 * The messages' templates, {@code event.language.txt.mustache} and {@code .html.mustache}. The
 * first line of the text is the subject. Values are escaped in HTML and verbatim in text.
 */
final class Letters {
  private static final String FOLDER = "dev/orderflow/activities/notification";

  private final DefaultMustacheFactory html = new DefaultMustacheFactory(FOLDER);
  private final DefaultMustacheFactory text = new PlainText();

  /** Writes about the order in the recipient's language. */
  Letter write(Event event, OrderSummary order) {
    Language language = order.recipient().language().orElse(Language.EN);
    String name = event.name().toLowerCase(Locale.ROOT) + "." + locale(language).getLanguage();
    Map<String, Object> values = values(order, locale(language));
    String[] parts = fill(text.compile(name + ".txt.mustache"), values).split("\n", 2);
    return new Letter(
        language, parts[0], parts[1], fill(html.compile(name + ".html.mustache"), values));
  }

  private static Map<String, Object> values(OrderSummary order, Locale locale) {
    Map<String, Object> values = new HashMap<>();
    values.put("order", order.orderId().value());
    values.put("name", order.recipient().name());
    values.put("lines", order.lines().stream().map(line -> values(line, locale)).toList());
    values.put("total", print(order.total(), locale));
    if (order.discount().isPositive()) {
      values.put("discount", print(order.discount().negated(), locale));
    }
    order
        .refund()
        .ifPresent(
            refund -> {
              values.put("refunded", print(refund.amount(), locale));
              values.put(
                  "parts", refund.lines().stream().map(p -> part(p, order, locale)).toList());
            });
    order.reward().ifPresent(code -> values.put("reward", code));
    return values;
  }

  private static Map<String, Object> values(OrderPlan.Line line, Locale locale) {
    return Map.of(
        "quantity", line.quantity(), "item", line.name(), "gross", print(line.gross(), locale));
  }

  private static Map<String, Object> part(
      PaymentBalance.Part part, OrderSummary order, Locale locale) {
    String item =
        order.lines().stream()
            .filter(line -> line.number() == part.number())
            .map(OrderPlan.Line::name)
            .findFirst()
            .orElseThrow();
    return Map.of(
        "quantity", part.quantity(), "item", item, "amount", print(part.amount(), locale));
  }

  private static String print(Money amount, Locale locale) {
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(amount.getCurrencyUnit().toCurrency());
    format.setMinimumFractionDigits(amount.getScale());
    format.setMaximumFractionDigits(amount.getScale());
    return format.format(amount.getAmount());
  }

  private static String fill(Mustache template, Map<String, Object> values) {
    StringWriter filled = new StringWriter();
    template.execute(filled, List.of(values));
    return filled.toString();
  }

  private static Locale locale(Language language) {
    return switch (language) {
      case EN -> Locale.US;
      case DE -> Locale.GERMANY;
    };
  }

  private static final class PlainText extends DefaultMustacheFactory {
    PlainText() {
      super(FOLDER);
    }

    @Override
    public void encode(String value, Writer writer) {
      try {
        writer.write(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
