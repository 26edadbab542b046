package dev.orderflow.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.workflows.order.OrderId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

  @BeforeAll
  static void fill() {
    cluster = CLUSTER.get();
    database = cluster.migrated("ledger");
    try (Room room = new Room(database);
        HikariDataSource connections = Cluster.unhurried(database)) {
      room.stock();
      new Seeding(room, connections, ORDERS, Fate.Mix.EVEN, told -> {}).carryOut();
    }
    Map.of("log_min_duration", "0", "log_format", "json", "log_analyze", "on", "log_timing", "off")
        .forEach(
            (name, value) ->
                cluster.administer(
                    "alter database ledger set auto_explain.%s = '%s'".formatted(name, value)));
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
