package dev.orderflow.drill.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.workflows.order.OrderId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills a ledger with orders of a year: one real order of each {@link Fate} is copied by {@code
 * insert … select}, in every table in which it has left something, so that no table and no column
 * is forgotten. The indexes are made at the end.
 */
final class Seeding {

  private static final String DAYS = "365";
  private static final int BATCH = 25_000;
  private static final int AT_ONCE = 2;

  private final Room room;
  private final Jdbi ledger;
  private final int orders;
  private final Fate.Mix mix;
  private final Consumer<String> says;

  /**
   * @param connections to the room's ledger, without limits of time
   */
  Seeding(
      Room room, HikariDataSource connections, int orders, Fate.Mix mix, Consumer<String> says) {
    this.room = room;
    this.ledger = Jdbi.create(connections);
    this.orders = orders;
    this.mix = mix;
    this.says = says;
  }

  /** Returns when everything is written, indexed and analyzed. */
  void carryOut() {
    ledger.useHandle(tx -> tx.execute(PATTERNS));
    for (Fate fate : Fate.values()) {
      remember(fate, fate.live(room, fate.key()).order());
    }
    LedgerDrill.reconcile(room, LocalDate.now(ZoneOffset.UTC));
    List<String> tables = ledger.withHandle(this::patternRows);
    ledger.useHandle(this::number);
    ledger.useHandle(tx -> indexes(tx, tables));
    copy(tables);
    // One after the other: each takes the machine's processors for itself.
    for (String table : tables) {
      ledger.useHandle(tx -> tx.execute("reindex table " + table));
      says.accept("indexed " + table);
    }
    ledger.useHandle(Seeding::count);
    ledger.useHandle(tx -> tx.execute("drop schema seed cascade"));
    ledger.useHandle(tx -> tx.execute("vacuum analyze"));
  }

  private static final String PATTERNS =
      """
      create schema seed;
      create table seed.pattern
        (fate text primary key, own_id text not null, own_key text not null,
         own_code text not null, from_place integer not null, until_place integer not null)
      """;

  private void remember(Fate fate, OrderId order) {
    String sql =
        """
        insert into seed.pattern
        select :fate, :id, :key,
          coalesce((select code from coupon where granted_by like :id || '/%'), 'no such code'),
          :from, :until
        """;
    int from = from(fate);
    ledger.useHandle(
        tx ->
            tx.createUpdate(sql)
                .bind("fate", fate.name())
                .bind("id", order.value())
                .bind("key", fate.key())
                .bind("from", from)
                .bind("until", from + fate.share(mix))
                .execute());
  }

  private int from(Fate fate) {
    return IntStream.range(0, fate.ordinal()).map(i -> Fate.values()[i].share(mix)).sum();
  }

  /** Sets the patterns' rows apart, table by table; the tables that have any, the longest first. */
  private List<String> patternRows(Handle tx) {
    List<String> tables =
        tx.createQuery(
                """
                select table_name from information_schema.tables
                where table_schema = 'public' and table_type = 'BASE TABLE'
                  and table_name not in ('flyway_schema_history', 'stock', 'article')
                order by table_name <> 'operation', table_name <> 'sales_order', table_name
                """)
            .mapTo(String.class)
            .list();
    List<String> filled = new ArrayList<>();
    for (String table : tables) {
      tx.execute(
          """
              create table seed.%1$s as
              select t.*, p.* from public.%1$s t
              join seed.pattern p on to_jsonb(t)::text like '%%' || p.own_id || '%%'
              """
              .formatted(table));
      if (tx.createQuery("select exists (select from seed." + table + ")")
          .mapTo(Boolean.class)
          .one()) {
        filled.add(table);
      }
    }
    return filled;
  }

  /** A name, an age and a fate for each order, the oldest first. */
  private void number(Handle tx) {
    tx.execute(
        """
        create table seed.seed as
        select n as number, p.fate, %s as id, k.key,
          'thanks-' || upper(left(encode(sha256(k.key::bytea), 'hex'), 16)) as code,
          interval '%s days' * (%d - n + 1) / %d as age
        from generate_series(1, %d) n
        cross join lateral (select 'seed-' || n as key) k
        -- Spread by a step that shares no factor with a thousand.
        join seed.pattern p on n::bigint * 7919 %% 1000 >= p.from_place
          and n::bigint * 7919 %% 1000 < p.until_place
        """
            .formatted(orderId("k.key"), DAYS, orders, orders, orders));
    tx.execute("create index on seed.seed (number)");
    tx.execute("analyze seed.seed");
  }

  /** As {@link OrderId#ofKey}: the last hundred of the first 104 bits, five to a digit. */
  private static String orderId(String key) {
    String bits =
        "('x' || substr(encode(sha256(%s::bytea), 'hex'), 2, 25))::bit(100)".formatted(key);
    return IntStream.range(0, 20)
        .mapToObj(
            digit ->
                "substr('0123456789abcdefghijklmnopqrstuv', substring(b.bits from %d for 5)::int + 1, 1)"
                    .formatted(digit * 5 + 1))
        .collect(
            Collectors.joining(
                " || ", "(select 'ord-' || ", " from (select " + bits + " as bits) b)"));
  }

  /** Rows that are written now are indexed later, all at once. */
  private static void indexes(Handle tx, List<String> tables) {
    for (String table : tables) {
      tx.execute(
          "update pg_index set indisready = false where indrelid = '" + table + "'::regclass");
    }
  }

  private void copy(List<String> tables) {
    Queue<String> left = new ConcurrentLinkedQueue<>(tables);
    CompletableFuture<?>[] copiers =
        IntStream.range(0, AT_ONCE)
            .mapToObj(i -> CompletableFuture.runAsync(() -> copyFrom(left)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(copiers).join();
  }

  private void copyFrom(Queue<String> left) {
    for (Optional<String> next = Optional.ofNullable(left.poll());
        next.isPresent();
        next = Optional.ofNullable(left.poll())) {
      String table = next.get();
      long rows = ledger.withHandle(tx -> copy(tx, table));
      says.accept(rows + " rows of " + table);
    }
  }

  private long copy(Handle tx, String table) {
    List<Column> columns = Column.of(tx, table);
    String sql =
        """
        insert into public.%1$s (%2$s)
        select %3$s from seed.seed s join seed.%1$s p on p.fate = s.fate
        where s.number between :from and :until
        order by s.number%4$s
        """
            .formatted(
                table,
                columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                columns.stream().map(Column::expression).collect(Collectors.joining(", ")),
                Column.sequence(tx, table).map(name -> ", p." + name).orElse(""));
    // What is referred to is being copied at the same time.
    tx.execute("set session_replication_role = replica");
    tx.execute("set synchronous_commit = off");
    long rows = 0;
    for (int from = 1; from <= orders; from += BATCH) {
      rows += tx.createUpdate(sql).bind("from", from).bind("until", from + BATCH - 1).execute();
    }
    tx.execute("reset all");
    return rows;
  }

  /** What counters say agrees with what they count. */
  private static void count(Handle tx) {
    tx.execute(
        """
        update coupon c set uses_taken = u.uses
        from (select code, count(*) as uses from coupon_use
              where state in ('HELD', 'REDEEMED') group by code) u
        where c.code = u.code
        """);
    tx.execute(
        """
        update stock s set reserved = r.quantity
        from (select article, sum(quantity) as quantity from reservation
              where state = 'RESERVED' group by article) r
        where s.article = r.article
        """);
  }
}
