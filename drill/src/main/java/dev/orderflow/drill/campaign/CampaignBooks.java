package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jdbi.v3.core.Jdbi;

/** The ledger, the provider's log and the mail sink's, side by side. */
final class CampaignBooks {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Jdbi ledger;
  private final Outside outside;

  private CampaignBooks(Jdbi ledger, Outside outside) {
    this.ledger = ledger;
    this.outside = outside;
  }

  static CampaignBooks of(Machine machine) {
    return of(machine.ledger(), machine);
  }

  /** Of another ledger on the same machine. */
  static CampaignBooks of(Jdbi ledger, Machine machine) {
    return new CampaignBooks(ledger, machine.outside());
  }

  Outside outside() {
    return outside;
  }

  /** Puts the basket's article on the shelf, and makes its coupon: ten percent, once. */
  void stock(Collection<Basket> baskets) {
    ledger.useTransaction(
        tx -> {
          for (Basket basket : baskets) {
            tx.execute(
                "insert into stock (article, on_hand) values (?, ?)",
                basket.article(),
                Basket.ON_HAND);
            basket
                .couponCode()
                .ifPresent(
                    code ->
                        tx.execute(
                            "insert into coupon (code, percent, uses_allowed) values (?, 10, 1)",
                            code));
          }
        });
  }

  /** Where the orders stand; one that is not accepted yet is left out. */
  Map<OrderId, OrderStatus> statuses(Collection<Basket> baskets) {
    String sql = "select id, status from sales_order where id in (<ids>)";
    return ledger.withHandle(
        tx ->
            tx
                .createQuery(sql)
                .bindList("ids", ids(baskets))
                .map(
                    (row, context) ->
                        Map.entry(
                            new OrderId(row.getString("id")),
                            OrderStatus.valueOf(row.getString("status"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  OrderStatus status(Basket basket) {
    return statuses(List.of(basket)).get(basket.id());
  }

  void awaitStatus(Collection<Basket> baskets, OrderStatus... wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(statuses(baskets))
                    .hasSameSizeAs(baskets)
                    .allSatisfy((order, status) -> assertThat(status).isIn((Object[]) wanted)));
  }

  /** The order's effects as the ledger has them, oldest first. */
  List<String> operations(Basket basket) {
    String sql =
        """
        select step || ' ' || n || ' ' || state from operation where order_id = ? order by seq
        """;
    return ledger.withHandle(tx -> tx.select(sql, basket.id().value()).mapTo(String.class).list());
  }

  /** The order's account, by these logs of the provider and of the mail sink. */
  Account account(Basket basket, List<Outside.Effect> effects, List<Outside.Transmission> mails) {
    return ledger.withHandle(tx -> Account.of(tx, basket, effects, mails));
  }

  /**
   * What the ledger says was taken for an order and given back, in cents.
   *
   * @param wished by the rows of the single refunds, those left out that certainly were not made
   */
  record Booked(long captured, long refunded, long wished) {}

  Booked booked(Basket basket) {
    String sql =
        """
        select coalesce(sum(captured_minor), 0) captured, coalesce(sum(refunded_minor), 0) refunded,
               (select coalesce(sum(amount_minor), 0) from refund
                where order_id = :order and counted_at is not null and refused_at is null) wished
        from payment where order_id = :order
        """;
    return ledger.withHandle(
        tx ->
            tx.createQuery(sql)
                .bind("order", basket.id().value())
                .map(
                    (row, context) ->
                        new Booked(
                            row.getLong("captured"),
                            row.getLong("refunded"),
                            row.getLong("wished")))
                .one());
  }

  /** How many rows a table has. */
  long count(String table) {
    return ledger.withHandle(
        tx -> tx.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** A check sum over all that a table holds. */
  String written(String table) {
    String sql = "select md5(string_agg(t::text, ';' order by t::text)) from " + table + " t";
    return ledger.withHandle(tx -> tx.createQuery(sql).mapTo(String.class).one());
  }

  /** Somebody else buys all that there is of the basket's article. */
  void sellOut(Basket basket) {
    ledger.useHandle(
        tx ->
            tx.execute("update stock set on_hand = reserved where article = ?", basket.article()));
  }

  /** Whether it was decided that the order goes on, after it had ended. */
  boolean isRevived(Basket basket) {
    String sql = "select exists (select from sales_order where id = ? and generation > 1)";
    return ledger.withHandle(tx -> tx.select(sql, basket.id().value()).mapTo(Boolean.class).one());
  }

  /** How many of the orders are accepted. */
  int accepted(Collection<Basket> baskets) {
    return statuses(baskets).size();
  }

  /** The account of every order must be that of its status. */
  void mustAgree(Collection<Basket> baskets) {
    awaitReported(baskets);
    List<Outside.Effect> effects = outside.effects();
    List<Outside.Transmission> mails = outside.mails();
    Map<OrderId, OrderStatus> statuses = statuses(baskets);
    assertThat(statuses).hasSameSizeAs(baskets);
    SoftAssertions softly = new SoftAssertions();
    for (Basket basket : baskets) {
      OrderStatus status = statuses.get(basket.id());
      Account account = ledger.withHandle(tx -> Account.of(tx, basket, effects, mails));
      softly
          .assertThatCode(() -> account.mustBeThatOf(basket, status, total(basket)))
          .as("%s, %s, is %s: %s", basket.name(), basket.id(), status, account)
          .doesNotThrowAnyException();
    }
    softly.assertAll();
  }

  /** Mails whose worker died are in doubt when their lease is over and a worker has swept. */
  void awaitReported(Collection<Basket> baskets) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(unreported(baskets)).isEmpty());
  }

  private List<String> unreported(Collection<Basket> baskets) {
    String sql = "select key from message where state = 'PENDING' and order_id in (<ids>)";
    return ledger.withHandle(
        tx -> tx.createQuery(sql).bindList("ids", ids(baskets)).mapTo(String.class).list());
  }

  private static List<String> ids(Collection<Basket> baskets) {
    return baskets.stream().map(basket -> basket.id().value()).toList();
  }

  long total(Basket basket) {
    return ledger.withHandle(
        tx ->
            tx.select(
                    "select coalesce(total, 0) from sales_order where id = ?", basket.id().value())
                .mapTo(Long.class)
                .one());
  }
}
