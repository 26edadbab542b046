package dev.orderflow.drill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.audit.Audit;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Two ledgers side by side, one empty and one full: what does an order cost in each? */
final class LedgerDrill {

  /** As a machine of 8 GB would be configured; no second server follows this one's log. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "shared_preload_libraries", "'pg_stat_statements'",
          "shared_buffers", "'2GB'",
          "maintenance_work_mem", "'512MB'",
          "max_wal_size", "'8GB'",
          "wal_level", "minimal",
          "max_wal_senders", "0");

  /** Brings them into memory; how many pages they are. */
  private static final String READ_INDEXES =
      """
      select sum(pg_prewarm(oid)) from pg_class
      where relkind = 'i' and relnamespace = 'public'::regnamespace
      """;

  private static final int PAGE = 8192;

  private static final int WARM_UP = 3_000;
  private static final int ROUNDS = 7;
  private static final int ROUND = 400;

  private final int orders;
  private final Consumer<String> says;

  LedgerDrill(int orders, Consumer<String> says) {
    this.orders = orders;
    this.says = says;
  }

  LedgerResult run() throws Exception {
    double before = LoadAverage.now();
    says.accept("Starting PostgreSQL …");
    try (Cluster cluster = Cluster.start(SETTINGS)) {
      DatabaseConfig large = cluster.migrated("large");
      try (Room room = new Room(large)) {
        room.stock();
      }
      DatabaseConfig empty = cluster.copy("empty", "large");
      LedgerResult.Filled filled = fill(cluster, large);
      try (Room few = new Room(empty);
          Room many = new Room(large);
          HikariDataSource fewer = Cluster.unhurried(empty);
          HikariDataSource more = Cluster.unhurried(large)) {
        return measured(
            new Side(few, Jdbi.create(fewer)), new Side(many, Jdbi.create(more)), filled, before);
      }
    }
  }

  /** A ledger, and how it is asked what was executed in it. */
  private record Side(Room room, Jdbi meter) {
    Side {
      meter.useHandle(tx -> tx.execute("create extension if not exists pg_stat_statements"));
    }
  }

  private LedgerResult.Filled fill(Cluster cluster, DatabaseConfig large) throws IOException {
    says.accept("Writing " + orders + " orders …");
    // What is thrown away when this machine stops in between need not survive it.
    cluster.hurry();
    long begin = System.nanoTime();
    try (Room room = new Room(large);
        HikariDataSource connections = Cluster.unhurried(large)) {
      new Seeding(room, connections, orders, Fate.Mix.SHOP, says).carryOut();
      double seconds = (System.nanoTime() - begin) / 1e9;
      cluster.settle();
      Jdbi ledger = Jdbi.create(connections);
      // As after some days of work: an order finds its places in memory.
      ledger.useHandle(tx -> tx.execute("create extension pg_prewarm"));
      long indexes = number(ledger, READ_INDEXES) * PAGE;
      long all = number(ledger, "select pg_database_size(current_database())");
      return new LedgerResult.Filled(
          orders, gigabytes(all), gigabytes(indexes), Math.round(seconds * 10) / 10.0);
    }
  }

  private static double gigabytes(long bytes) {
    return Math.round(bytes / 1e7) / 100.0;
  }

  private static long number(Jdbi ledger, String query) {
    return ledger.withHandle(tx -> tx.createQuery(query).mapTo(Long.class).one());
  }

  private LedgerResult measured(Side empty, Side large, LedgerResult.Filled filled, double before) {
    // First of all: what is placed here comes within seconds, and would be half of the last day.
    says.accept("Asking for lists …");
    List<Timed> lists = new ArrayList<>();
    asked(large.room())
        .forEach(
            (what, list) -> {
              Timed asked = Timed.of(what, list);
              lists.add(asked);
              says.accept(asked.median() + " ms: " + what);
            });
    says.accept("Placing orders, by turns in an empty ledger and in the full one …");
    Cost.of(empty.room(), empty.meter(), "warm", WARM_UP);
    Cost.of(large.room(), large.meter(), "warm", WARM_UP);
    List<Cost> few = new ArrayList<>();
    List<Cost> many = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      few.add(Cost.of(empty.room(), empty.meter(), "round-" + round, ROUND));
      many.add(Cost.of(large.room(), large.meter(), "round-" + round, ROUND));
    }
    List<Timed> whole = whole(large.room());
    return LedgerResult.of(
        filled,
        Cost.median(few),
        Cost.median(many),
        new LedgerResult.Asked(lists, whole),
        new double[] {before, LoadAverage.now()});
  }

  /** What may take as long as there is much of it. */
  private List<Timed> whole(Room room) {
    says.accept("Reconciling a day, and auditing everything …");
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(30);
    return List.of(
        Timed.once("reconcile --date, a day", () -> reconcile(room, day)),
        Timed.once("audit", () -> audit(room)));
  }

  private void audit(Room room) {
    long findings =
        room.get(Audit.class)
            .carryOut(found -> says.accept(found.toString()), read -> {})
            .findings();
    if (findings > 0) {
      throw new IllegalStateException("the seeded ledger does not agree with itself");
    }
  }

  private Map<String, Runnable> asked(Room room) {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(30);
    OrderId order = OrderId.ofKey("seed-" + orders / 2);
    return Lists.of(room, order, day);
  }

  /** Compares a day as a worker does. */
  static void reconcile(Room room, LocalDate day) {
    ReconcileRequest request = ReconcileRequest.of(Bank.NAME, day);
    TestActivityEnvironment worker = TestActivityEnvironment.newInstance();
    try {
      worker.registerActivitiesImplementations(room.get(ReconcileActivities.class));
      ReconcileActivities reconcile = worker.newActivityStub(ReconcileActivities.class);
      long rows = reconcile.compare(request);
      reconcile.signal(request);
      reconcile.settle(request, rows);
    } finally {
      worker.close();
    }
  }
}
