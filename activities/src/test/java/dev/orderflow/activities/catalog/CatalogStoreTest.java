package dev.orderflow.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.catalog.CatalogStore.Entry;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.Article;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogStoreTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static Shop shop;
  private static CatalogStore catalog;

  @BeforeAll
  static void open() {
    shop = Shop.usual(database);
    catalog = shop.get(CatalogStore.class);
  }

  private static Article article(String code, LineKind kind, String price) {
    return new Article(
        code,
        kind,
        "The " + code,
        new LinePrice(Money.parse(price), new BigDecimal("19.0000"), false));
  }

  @Test
  void whatIsImportedIsSoldAtItsLatestPrice() {
    Article yen = article("fan", LineKind.ARTICLE, "JPY 900");
    Article parcel = article("parcel", LineKind.SHIPPING, "EUR 4.90");
    catalog.importAll(List.of(new Entry(yen, Optional.of(7)), new Entry(parcel, Optional.empty())));
    Article dearer = article("fan", LineKind.ARTICLE, "JPY 950");
    catalog.importAll(List.of(new Entry(dearer, Optional.empty())));
    assertThat(catalog.articles(Set.of("fan", "parcel", "ghost")).values())
        .containsExactlyInAnyOrder(dearer, parcel);
    assertThat(catalog.list()).contains(dearer, parcel);
    assertThat(shop.get(StockStore.class).find("fan").orElseThrow().onHand()).isEqualTo(7);
  }

  @Test
  void anImportIsAllOrNothing() {
    shop.sells("mug", "10.00", 5);
    shop.reserved("mug", 3);
    Article mug = article("mug", LineKind.ARTICLE, "EUR 11.00");
    Article hat = article("hat", LineKind.ARTICLE, "EUR 20.00");
    assertThatThrownBy(
            () ->
                catalog.importAll(
                    List.of(new Entry(hat, Optional.of(1)), new Entry(mug, Optional.of(2)))))
        .hasMessageContaining("mug");
    assertThat(catalog.articles(Set.of("hat"))).isEmpty();
  }

  @Test
  void onlyArticlesHaveStock() {
    Article fee = article("gift-wrap", LineKind.FEE, "EUR 2.00");
    assertThatThrownBy(() -> new Entry(fee, Optional.of(1))).hasMessageContaining("no stock");
  }
}
