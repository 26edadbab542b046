package dev.orderflow.activities.inventory;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** What is on hand, as whoever runs the shop sees and sets it. */
@Singleton
public class StockStore {

  private static final RowMapper<StockLevel> LEVEL =
      (row, context) ->
          new StockLevel(row.getString("article"), row.getInt("on_hand"), row.getInt("reserved"));

  private final Transactions transactions;

  @Inject
  StockStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Every article that has, or had, stock, by code. */
  public List<StockLevel> list() {
    return transactions.read(
        tx -> tx.createQuery("select * from stock order by article").map(LEVEL).list());
  }

  /** One article's stock. */
  public Optional<StockLevel> find(String article) {
    return transactions.read(
        tx ->
            tx.createQuery("select * from stock where article = :article")
                .bind("article", article)
                .map(LEVEL)
                .findOne());
  }

  /**
   * Sets what is on hand, as counted.
   *
   * @param onHand 0 or more
   * @throws NotInStockException when more than that is reserved for orders
   * @throws IllegalArgumentException when it is below 0
   */
  public StockLevel set(String article, int onHand) {
    return transactions.in(tx -> set(tx, article, onHand));
  }

  /** As {@link #set(String, int)}, in a transaction that has begun. */
  public StockLevel set(Handle tx, String article, int onHand) {
    String sql =
        """
        insert into stock (article, on_hand) values (:article, :onHand)
        on conflict (article) do update set on_hand = excluded.on_hand, updated_at = now()
          where stock.reserved <= excluded.on_hand
        returning *
        """;
    if (onHand < 0) {
      throw new IllegalArgumentException("on-hand: " + onHand + " is below 0");
    }
    return tx.createQuery(sql)
        .bind("article", article)
        .bind("onHand", onHand)
        .map(LEVEL)
        .findOne()
        .orElseThrow(() -> new NotInStockException(level(tx, article), onHand));
  }

  /**
   * Adds to what is on hand, or takes away from it.
   *
   * @param quantity below 0 to take away
   * @throws NotInStockException when less would be left than is reserved for orders
   */
  public StockLevel add(String article, int quantity) {
    String sql =
        """
        update stock set on_hand = on_hand + :quantity, updated_at = now()
        where article = :article and reserved <= cast(on_hand as bigint) + :quantity
        returning *
        """;
    return transactions.in(
        tx ->
            tx.createQuery(sql)
                .bind("article", article)
                .bind("quantity", quantity)
                .map(LEVEL)
                .findOne()
                .orElseGet(() -> addFirst(tx, article, quantity)));
  }

  private StockLevel addFirst(Handle tx, String article, int quantity) {
    String sql =
        """
        insert into stock (article, on_hand) values (:article, :quantity)
        on conflict do nothing returning *
        """;
    if (quantity < 0) {
      throw notTaken(level(tx, article), quantity);
    }
    return tx.createQuery(sql)
        .bind("article", article)
        .bind("quantity", quantity)
        .map(LEVEL)
        .findOne()
        .orElseThrow(() -> notTaken(level(tx, article), quantity));
  }

  private static NotInStockException notTaken(StockLevel level, long quantity) {
    return new NotInStockException(level, level.onHand() + quantity);
  }

  private static StockLevel level(Handle tx, String article) {
    return tx.createQuery("select * from stock where article = :article")
        .bind("article", article)
        .map(LEVEL)
        .findOne()
        .orElse(new StockLevel(article, 0, 0));
  }
}
