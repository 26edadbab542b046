package dev.orderflow.cli;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;

/** How words of the command line become values. */
final class Converters {

  private Converters() {}

  static void registerWith(CommandLine command) {
    command.registerConverter(Duration.class, new SpanConverter());
    command.registerConverter(OrderId.class, text -> convert(text, OrderId::new));
    command.registerConverter(CustomerId.class, text -> convert(text, CustomerId::new));
  }

  private static <T> T convert(String text, Function<String, T> constructor) {
    try {
      return constructor.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }
}
