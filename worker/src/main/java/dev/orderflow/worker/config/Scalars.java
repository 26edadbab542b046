package dev.orderflow.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joda.money.Money;

/**
 * The single values: texts, numbers, {@code true} and {@code false}, durations such as {@code
 * "10m"}, money such as {@code "EUR 500.00"}, files relative to the file they are written in, and
 * the lower-case names of enums.
 */
final class Scalars {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final Map<Class<?>, Form> forms;

  Scalars(Path directory) {
    Form whole =
        new Form(
            "a whole number",
            n -> n.canConvertToInt() && n.isIntegralNumber() ? n.intValue() : null);
    Form yesNo = new Form("true or false", n -> n.isBoolean() ? n.booleanValue() : null);
    Form number = new Form("a number", n -> n.isNumber() ? n.decimalValue() : null);
    forms =
        Map.of(
            BigDecimal.class,
            number,
            int.class,
            whole,
            Integer.class,
            whole,
            boolean.class,
            yesNo,
            Boolean.class,
            yesNo,
            String.class,
            text("a text in quotes", text -> text),
            Path.class,
            text("a file name in quotes", text -> directory.resolve(text).normalize()),
            URI.class,
            text("an address such as \"https://host:443\"", URI::create),
            Money.class,
            text("money such as \"EUR 500.00\"", Money::parse),
            Duration.class,
            text(
                "a duration such as \"500ms\", \"3s\", \"10m\", \"6h\" or \"2d\"",
                Scalars::duration));
  }

  Object read(Class<?> type, Key key, JsonNode written) {
    Form form = form(type);
    try {
      Object value = form.parse.apply(written);
      if (value != null) {
        return value;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw key.mismatch(written, form.expected);
    }
    throw key.mismatch(written, form.expected);
  }

  String expected(Class<?> type) {
    return form(type).expected;
  }

  private Form form(Class<?> type) {
    return type.isEnum()
        ? choice(type)
        : Optional.ofNullable(forms.get(type))
            .orElseThrow(() -> new IllegalStateException("no way to read a " + type));
  }

  private static Form choice(Class<?> type) {
    Map<String, Object> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(Scalars::word, constant -> constant));
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> '"' + word(constant) + '"')
            .collect(Collectors.joining(" or "));
    return text(expected, choices::get);
  }

  private static String word(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Form text(String expected, Function<String, Object> parse) {
    return new Form(expected, node -> node.isTextual() ? parse.apply(node.textValue()) : null);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** How one type is written; {@code parse} returns null where it is not. */
  private record Form(String expected, Function<JsonNode, Object> parse) {}
}
