package dev.orderflow.cli;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.joda.money.Money;
import picocli.CommandLine;

/** How words of the command line become values. */
final class Converters {

  private Converters() {}

  static void registerWith(CommandLine command) {
    command.registerConverter(Duration.class, new SpanConverter());
    command.registerConverter(OrderId.class, text -> convert(text, OrderId::new));
    command.registerConverter(CustomerId.class, text -> convert(text, CustomerId::new));
    command.registerConverter(Money.class, Converters::money);
    command.registerConverter(LocalDate.class, Converters::day);
    command.registerConverter(BigDecimal.class, Converters::number);
  }

  private static Money money(String text) {
    try {
      return Money.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not an amount with its currency and its decimals, such as EUR 5.00");
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not a day such as 2024-07-01");
    }
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is not a number such as 12.5");
    }
  }

  private static <T> T convert(String text, Function<String, T> constructor) {
    try {
      return constructor.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }
}
