package dev.orderflow.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.worker.OneMachine;
import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands by which a shop fills its catalog, its stock and its coupons. */
class ShopCommandsTest {

  @TempDir static Path directory;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    machine = new OneMachine(directory, "127.0.0.1:9");
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
  }

  private static void migrate() {
    new Migrations(WorkerConfig.read(machine.config).database()).migrate();
  }

  @Test
  void withoutTablesEveryCommandNamesTheOneThatMakesThem() throws IOException {
    Path config = directory.resolve("other.toml");
    Files.writeString(
        config,
        Files.readString(machine.config)
            .replace(
                machine.postgres.getJdbcUrl("postgres", "postgres"),
                machine.postgres.getJdbcUrl("postgres", "template1")));

    CommandRun stock = CommandRun.of(new StockCommand(), config, "list");

    assertThat(stock.code()).isEqualTo(1);
    assertThat(stock.err()).contains("the tables are missing; run: orderflow setup");
  }

  @Test
  void whatTheCatalogListsCanBeImportedAgain() throws IOException {
    migrate();
    Path file = directory.resolve("articles.json");
    Files.writeString(
        file,
        """
        [{"article": "mug", "name": "Mug", "unitPrice": "EUR 12.34", "taxRate": 19, "stock": 20},
         {"article": "post", "kind": "SHIPPING", "name": "Postage", "unitPrice": "EUR 4.90"}]
        """);

    CommandRun first = CommandRun.of(new CatalogCommand(), machine.config, "import", path(file));
    CommandRun listed = CommandRun.of(new CatalogCommand(), machine.config, "list");
    Files.writeString(file, listed.out());
    CommandRun second = CommandRun.of(new CatalogCommand(), machine.config, "import", path(file));

    assertThat(first.objects().get(0).path("articles").asInt()).isEqualTo(2);
    assertThat(second.code()).isZero();
    assertThat(CommandRun.of(new CatalogCommand(), machine.config, "list")).isEqualTo(listed);
    assertThat(CommandRun.of(new StockCommand(), machine.config, "list").out())
        .contains("{\"article\":\"mug\",\"onHand\":20,\"reserved\":0,\"available\":20}");
    assertThat(CommandRun.of(new StockCommand(), machine.config, "set", "mug", "20").err())
        .isEmpty();
  }

  @Test
  void aFileOfArticlesThatIsNotThereIsAWrongCommandLine() {
    Path missing = directory.resolve("nowhere.json");
    CommandRun run = CommandRun.of(new CatalogCommand(), machine.config, "import", path(missing));
    CommandRun folder =
        CommandRun.of(new CatalogCommand(), machine.config, "import", path(directory));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("FILE: there is no '" + missing + "'");
    assertThat(folder.code()).isEqualTo(2);
    assertThat(folder.err()).isEqualTo("FILE: '" + directory + "' is a directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"article": "cup", "name": "Cup", "unitPrice": "EUR 1.234"} | unitPrice
          {"article": "cup", "name": "Cup", "unitPrice": 5}           | unitPrice
          {"article": "cup", "name": "Cup", "unitPrice": "EUR 1.00", "tax": 7} | there is no field 'tax'; known: [article, kind, name
          {"article": "cup", "unitPrice": "EUR 1.00"}                 | cup: name: must have 1 to 200 characters
          {"article": "c up", "name": "Cup", "unitPrice": "EUR 1.00"} | article: 'c up' is not 1 to 64 letters
          {"article": "cup", "name": "Cup", "unitPrice": "EUR 1.00"   | line 2
          {"article": "mug2", "name": "Cup", "unitPrice": "EUR 1.00"} | mug2: is there twice
          """)
  void anArticleThatIsWrongIsNamedAndNothingIsImported(String article, String message)
      throws IOException {
    migrate();
    Path file = directory.resolve("wrong.json");
    Files.writeString(
        file,
        "{\"article\": \"mug2\", \"name\": \"Mug\", \"unitPrice\": \"EUR 1.00\"}\n" + article);

    CommandRun run = CommandRun.of(new CatalogCommand(), machine.config, "import", path(file));

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains(message);
    assertThat(CommandRun.of(new CatalogCommand(), machine.config, "list").out())
        .doesNotContain("mug2");
  }

  @Test
  void stockIsCountedAndAddedToButNeverBelowNothing() {
    migrate();
    CommandRun set = CommandRun.of(new StockCommand(), machine.config, "set", "pen", "10");
    CommandRun add = CommandRun.of(new StockCommand(), machine.config, "add", "pen", "-3");
    CommandRun tooMuch = CommandRun.of(new StockCommand(), machine.config, "add", "pen", "-8");

    assertThat(set.objects().get(0).path("available").asInt()).isEqualTo(10);
    assertThat(set.code()).isZero();
    assertThat(set.err()).startsWith("ARTICLE: the catalog has no 'pen'");
    assertThat(add.objects().get(0).path("onHand").asInt()).isEqualTo(7);
    assertThat(tooMuch.code()).isEqualTo(5);
    assertThat(tooMuch.err())
        .isEqualTo("pen: -1 would be on hand; there are 7, and 0 of them are reserved for orders");
  }

  @Test
  void aCouponIsWorthAPercentageOrAnAmountAndItsCodeIsTakenOnce() {
    migrate();
    CommandRun percent =
        CommandRun.of(
            new CouponCommand(),
            machine.config,
            "create",
            "TEN",
            "--percent",
            "10",
            "--uses",
            "3",
            "--valid-for",
            "90d");
    CommandRun taken =
        CommandRun.of(new CouponCommand(), machine.config, "create", "TEN", "--amount", "EUR 5.00");
    CommandRun both =
        CommandRun.of(
            new CouponCommand(),
            machine.config,
            "create",
            "BOTH",
            "--amount",
            "EUR 5.00",
            "--percent",
            "5");

    assertThat(percent.objects().get(0).path("worth").asText()).isEqualTo("10 %");
    assertThat(taken.code()).isEqualTo(5);
    assertThat(taken.err()).contains("CODE: 'TEN' is taken; choose another");
    assertThat(both.code()).isEqualTo(2);
    assertThat(CommandRun.of(new CouponCommand(), machine.config, "list").out())
        .contains("\"code\":\"TEN\"", "\"uses\":3", "\"state\":\"VALID\"")
        .doesNotContain("BOTH");
  }

  private static String path(Path file) {
    return file.toString();
  }
}
