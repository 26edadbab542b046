package dev.orderflow.activities.catalog;

import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Article;
import dev.orderflow.activities.order.Catalog;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The catalog in a table of ours. */
@Singleton
public class CatalogStore implements Catalog {

  /**
   * An article to import.
   *
   * @param onHand what is on hand, as counted; left as it is when absent. Only for an {@link
   *     LineKind#ARTICLE}
   */
  public record Entry(Article article, Optional<Integer> onHand) {
    public Entry {
      if (onHand.isPresent() && article.kind() != LineKind.ARTICLE) {
        throw new IllegalArgumentException(
            article.code() + ": a line of kind " + article.kind() + " has no stock");
      }
    }
  }

  private final Transactions transactions;
  private final StockStore stock;

  @Inject
  CatalogStore(Transactions transactions, StockStore stock) {
    this.transactions = transactions;
    this.stock = stock;
  }

  /** Every article, by code. */
  public List<Article> list() {
    return transactions.read(
        tx -> tx.createQuery("select * from article order by code").map(CatalogStore::row).list());
  }

  @Override
  public Map<String, Article> articles(Set<String> codes) {
    if (codes.isEmpty()) {
      return Map.of();
    }
    return transactions.read(
        tx ->
            tx
                .createQuery("select * from article where code = any(:codes)")
                .bindArray("codes", String.class, codes)
                .map(CatalogStore::row)
                .stream()
                .collect(Collectors.toMap(Article::code, Function.identity())));
  }

  /**
   * Writes all entries or none: new articles are added, known ones get their new price. Orders that
   * were accepted keep theirs.
   *
   * @throws IllegalArgumentException when an entry's stock is less than is reserved for orders
   */
  public void importAll(List<Entry> entries) {
    transactions.in(
        tx -> {
          upsert(tx, entries);
          entries.forEach(
              entry ->
                  entry.onHand().ifPresent(count -> stock.set(tx, entry.article().code(), count)));
          return entries;
        });
  }

  private static void upsert(Handle tx, List<Entry> entries) {
    String sql =
        """
        insert into article
          (code, kind, name, unit_price, currency, tax_rate, tax_included)
        values (:code, :kind, :name, :price, :currency, :rate, :included)
        on conflict (code) do update
          set kind = excluded.kind, name = excluded.name, unit_price = excluded.unit_price,
              currency = excluded.currency, tax_rate = excluded.tax_rate,
              tax_included = excluded.tax_included, updated_at = now()
        """;
    if (entries.isEmpty()) {
      return;
    }
    PreparedBatch batch = tx.prepareBatch(sql);
    for (Entry entry : entries) {
      Article article = entry.article();
      batch
          .bind("code", article.code())
          .bind("kind", article.kind().name())
          .bind("name", article.name())
          .bind("price", article.price().unit().getAmountMinorLong())
          .bind("currency", article.price().unit().getCurrencyUnit().getCode())
          .bind("rate", article.price().taxRate())
          .bind("included", article.price().taxIncluded())
          .add();
    }
    batch.execute();
  }

  private static Article row(ResultSet row, StatementContext context) throws SQLException {
    CurrencyUnit currency = CurrencyUnit.of(row.getString("currency"));
    LinePrice price =
        new LinePrice(
            Money.ofMinor(currency, row.getLong("unit_price")),
            row.getBigDecimal("tax_rate"),
            row.getBoolean("tax_included"));
    return new Article(
        row.getString("code"),
        LineKind.valueOf(row.getString("kind")),
        row.getString("name"),
        price);
  }
}
