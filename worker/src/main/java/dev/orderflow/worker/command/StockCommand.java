package dev.orderflow.worker.command;

import dev.orderflow.activities.inventory.StockLevel;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.order.Catalog;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
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
        config,
        Shelf.class,
        shelf -> {
          print(output, List.of(shelf.stock().set(article, quantity)));
          shelf.warn(output, article);
        });
  }

  /** The stock, and what may be sold from it. */
  record Shelf(StockStore stock, Catalog catalog, OrderConfig orders) {
    @Inject
    Shelf {}

    /** Where the catalog prices orders, one for what it does not have is refused. */
    void warn(Output output, String article) {
      if (orders.prices() == OrderConfig.PriceSource.TABLE
          && catalog.articles(Set.of(article)).isEmpty()) {
        output
            .err()
            .println(
                "ARTICLE: the catalog has no '"
                    + article
                    + "', so that no order can be placed for it; 'orderflow catalog import' adds"
                    + " it");
      }
    }
  }

  @Command(name = "add", description = "Add what came in, or take away what is lost.")
  int add(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "ARTICLE", description = "The catalog's code") String article,
      @Parameters(paramLabel = "QUANTITY", description = "Below 0 to take away") int quantity) {
    return LedgerAccess.with(
        config,
        Shelf.class,
        shelf -> {
          print(output, List.of(shelf.stock().add(article, quantity)));
          shelf.warn(output, article);
        });
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
