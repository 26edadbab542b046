package dev.orderflow.cli;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import java.time.Duration;
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
  }

  private static Money money(String text) {
    try {
      return Money.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CommandLine.TypeConversionException(
          "'" + text + "' is not an amount with its currency and its decimals, such as EUR 5.00");
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
