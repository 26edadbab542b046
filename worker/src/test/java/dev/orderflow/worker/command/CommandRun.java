package dev.orderflow.worker.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.cli.CliException;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;
import picocli.CommandLine;

/**
 * One run of a command, with {@code --output json} unless it says otherwise, as {@code orderflow}
 * runs it.
 */
record CommandRun(int code, String out, String err) {

  static CommandRun of(Object command, Path config, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(OrderId.class, OrderId::new)
            .registerConverter(Duration.class, CommandRun::span)
            .registerConverter(Money.class, Money::parse)
            .setExecutionExceptionHandler(
                (e, c, parsed) -> {
                  err.write(e.getMessage());
                  return e instanceof CliException ours ? ours.exitCode().code() : 2;
                });
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", config.toString()));
    if (!all.contains("--output")) {
      all.addAll(List.of("--output", "json"));
    }
    int code = line.execute(all.toArray(String[]::new));
    return new CommandRun(code, out.toString(), err.toString());
  }

  private static Duration span(String text) {
    return Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text);
  }

  List<JsonNode> objects() {
    return out.lines().map(CommandRun::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
