package dev.orderflow.worker.command;

import dev.orderflow.activities.inventory.StockLevel;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is on hand. */
@Command(name = "stock", description = "Show and change what is on hand.")
final class StockCommand {

  /** One article, as it is printed. */
  record Row(String article, int onHand, int reserved, int available) {
    static Row of(StockLevel level) {
      return new Row(level.article(), level.onHand(), level.reserved(), level.available());
    }
  }

  @Command(name = "list", description = "Show every article's stock.")
  int list(@Mixin ConfigOption config, @Mixin Output output) {
    return LedgerAccess.with(config, StockStore.class, stock -> print(output, stock.list()));
  }

  @Command(name = "set", description = "Set what was counted.")
  int set(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "ARTICLE", description = "The catalog's code") String article,
      @Parameters(paramLabel = "QUANTITY", description = "0 or more") int quantity) {
    return LedgerAccess.with(
        config, StockStore.class, stock -> print(output, List.of(stock.set(article, quantity))));
  }

  @Command(name = "add", description = "Add what came in, or take away what is lost.")
  int add(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "ARTICLE", description = "The catalog's code") String article,
      @Parameters(paramLabel = "QUANTITY", description = "Below 0 to take away") int quantity) {
    return LedgerAccess.with(
        config, StockStore.class, stock -> print(output, List.of(stock.add(article, quantity))));
  }

  private static void print(Output output, List<StockLevel> levels) {
    if (output.format() == Output.Format.JSON) {
      levels.stream().map(Row::of).forEach(output::json);
      return;
    }
    Table table = Table.of("ARTICLE", "ON HAND", "RESERVED", "AVAILABLE");
    levels.forEach(l -> table.row(l.article(), l.onHand(), l.reserved(), l.available()));
    output.table(table);
  }
}
