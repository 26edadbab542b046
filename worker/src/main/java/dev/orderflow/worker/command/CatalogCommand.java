package dev.orderflow.worker.command;

import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.order.Article;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is sold, and for how much. */
@Command(name = "catalog", description = "Show and change what is sold, and for how much.")
final class CatalogCommand {

  @Command(
      name = "list",
      description = "Show every article. With --output json in the form that import reads.")
  int list(@Mixin ConfigOption config, @Mixin Output output) {
    return LedgerAccess.with(config, CatalogStore.class, catalog -> print(output, catalog.list()));
  }

  @Command(
      name = "import",
      description = {
        "Add articles, and give known ones their new price and name; all of the file or nothing.",
        "One JSON object per article, in an array or one after the other:",
        "{\"article\": \"mug\", \"kind\": \"ARTICLE\", \"name\": \"Mug\", \"unitPrice\":"
            + " \"EUR 12.34\", \"taxRate\": 19, \"taxIncluded\": true, \"stock\": 100}",
        "kind is ARTICLE, SHIPPING or FEE; ARTICLE when absent. Without taxRate there is no tax;"
            + " taxIncluded is true when absent. stock, when given, is what was counted."
      })
  int importFile(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The articles") Path file) {
    List<CatalogStore.Entry> entries = new CatalogFile(file).read();
    return LedgerAccess.with(
        config,
        CatalogStore.class,
        catalog -> {
          catalog.importAll(entries);
          imported(output, entries.size());
        });
  }

  /** What was done. */
  record Imported(int articles) {}

  private static void imported(Output output, int articles) {
    if (output.format() == Output.Format.JSON) {
      output.json(new Imported(articles));
    } else {
      output.line("imported " + articles + (articles == 1 ? " article" : " articles"));
    }
  }

  private static void print(Output output, List<Article> articles) {
    if (output.format() == Output.Format.JSON) {
      articles.stream().map(CatalogFile.Row::of).forEach(output::json);
      return;
    }
    Table table = Table.of("ARTICLE", "KIND", "NAME", "UNIT PRICE", "TAX %", "TAX IS");
    articles.forEach(
        a ->
            table.row(
                a.code(),
                a.kind(),
                a.name(),
                a.price().unit(),
                a.price().taxRate().stripTrailingZeros().toPlainString(),
                a.price().taxIncluded() ? "included" : "added"));
    output.table(table);
  }
}
