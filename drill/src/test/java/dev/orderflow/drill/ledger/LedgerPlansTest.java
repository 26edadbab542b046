package dev.orderflow.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.archive.Archives;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.workflows.order.OrderId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No statement looks through a table that grows with the orders: not those of an order's steps and
 * undos, not those of the lists, the metrics, the sweeps and the reconciliation. Which statements
 * there are PostgreSQL itself says, and how it carried them out.
 */
class LedgerPlansTest {

  private static final int ORDERS = 18_000;

  /** Also the plan for any value is looked at: the server considers it after ten times. */
  private static final int TIMES = 12;

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private static Cluster cluster;
  private static DatabaseConfig database;

  /** As the other, for whoever makes its orders old. */
  private static DatabaseConfig aged;

  @BeforeAll
  static void fill() {
    cluster = CLUSTER.get();
    database = cluster.migrated("ledger");
    try (Room room = new Room(database);
        HikariDataSource connections = Cluster.unhurried(database)) {
      room.stock();
      new Seeding(room, connections, ORDERS, Fate.Mix.EVEN, told -> {}).carryOut();
    }
    aged = cluster.copy("aged", "ledger");
    for (String name : List.of("ledger", "aged")) {
      Map.of("min_duration", "0", "format", "json", "analyze", "on", "timing", "off")
          .forEach(
              (setting, value) ->
                  cluster.administer(
                      "alter database %s set auto_explain.log_%s = '%s'"
                          .formatted(name, setting, value)));
    }
  }

  @Test
  void whatOrdersLeaveBehindIsTooMuchToLookThroughUnseen() {
    String sql =
        """
        select relname from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace
          and reltuples between 1 and :many
        """;
    try (Room room = new Room(database)) {
      List<String> small =
          room.ledger()
              .withHandle(
                  tx -> tx.createQuery(sql).bind("many", Plans.MANY).mapTo(String.class).list());

      assertThat(small).containsExactlyInAnyOrder("article", "stock", "flyway_schema_history");
    }
  }

  @Test
  void noStatementLooksThroughATableThatGrows() throws Exception {
    try (Room room = new Room(database)) {
      Plans plans = Plans.of(cluster, room, () -> everything(room));

      assertThat(plans.statements()).hasSizeGreaterThan(100);
      assertThat(plans.thorough()).isEmpty();
    }
  }

  private static void everything(Room room) {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(30);
    // Before there are orders of the last hour, which is what some are about.
    for (int i = 0; i < TIMES; i++) {
      Lists.of(room, OrderId.ofKey("seed-" + (ORDERS / 2 + i)), day)
          .values()
          .forEach(Runnable::run);
    }
    LedgerDrill.reconcile(room, day);
    for (int i = 0; i < TIMES; i++) {
      for (Fate fate : Fate.values()) {
        fate.live(room, "later-" + fate + i);
      }
    }
  }

  @Test
  void archivingLooksAtItsOrdersAlone() throws Exception {
    try (Room room = new Room(aged)) {
      room.ledger()
          .useHandle(
              tx -> {
                tx.execute(
                    "create table aged as select id from sales_order order by placed_at limit 150");
                tx.execute(
                    "update sales_order set placed_at = placed_at - interval '900 days', updated_at"
                        + " = updated_at - interval '900 days', completed_at = completed_at -"
                        + " interval '900 days' where id in (select id from aged)");
                for (String touched : List.of("operation updated_at", "order_decision made_at")) {
                  String[] column = touched.split(" ");
                  tx.execute(
                      "update %1$s set %2$s = %2$s - interval '900 days' where order_id in (select id from aged)"
                          .formatted(column[0], column[1]));
                }
                tx.execute("drop table aged");
              });
      Instant before = Instant.now().minus(Archives.LEAST);
      AtomicLong archived = new AtomicLong();
      List<Archives.Refused> refused = new ArrayList<>();

      Plans plans =
          Plans.of(
              cluster,
              room,
              () ->
                  archived.set(
                      room.get(Archives.class).archive(before, refused::add, looked -> {})));

      assertThat(refused).isEmpty();
      assertThat(archived).hasValueGreaterThan(50);
      assertThat(plans.thorough()).isEmpty();
    }
  }

  @Test
  void aLostIndexIsSeen() throws Exception {
    try (Room room = new Room(database)) {
      Plans plans =
          Plans.of(
              cluster,
              room,
              () ->
                  room.ledger()
                      .useTransaction(
                          tx -> {
                            tx.execute("drop index dispute_of_order");
                            tx.execute("select * from dispute where order_id = 'ord-0'");
                            tx.rollback();
                          }));

      assertThat(plans.thorough())
          .singleElement(STRING)
          .startsWith("Seq Scan on dispute reads ")
          .endsWith(" where order_id = 'ord-0'");
    }
  }
}
