package dev.orderflow.drill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.orderflow.activities.archive.Archives;
import dev.orderflow.activities.audit.Audit;
import dev.orderflow.activities.inbox.Answer;
import dev.orderflow.activities.inbox.Closing;
import dev.orderflow.activities.inbox.EventKey;
import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.Disputes;
import dev.orderflow.activities.timeline.Timelines;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Ended orders leave the ledger's tables, whole or not at all; what is asked of them is answered.
 */
class ArchiveTest {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What says nothing of what was done for an order, or lasts longer than it. */
  private static final Set<String> STAY =
      Set.of(
          "sales_order", "archived_order", "archived_transaction", "risk_trace", "inbox", "coupon");

  private static final int EACH = 9;

  /** Two fates are not over: a person has to look, and a dispute is open. */
  private static final int OVER = EACH * (Fate.values().length - 2);

  @RegisterExtension static final TestCluster CLUSTER = new TestCluster();

  private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
  private final Instant before = Instant.now().minus(Duration.ofDays(600));
  private final Queue<Archives.Refused> refused = new ConcurrentLinkedQueue<>();
  private Room room;

  @BeforeEach
  void open() {
    room =
        new Room(
            CLUSTER.get().migrated("archived_" + NUMBER.incrementAndGet()),
            new AbstractModule() {
              @Provides
              @Singleton
              Transactions mortal(Jdbi jdbi) {
                return new Mortal(jdbi, untilDeath);
              }
            });
    room.stock();
  }

  @AfterEach
  void close() {
    room.close();
  }

  /** The process dies in the n-th transaction from now, before it commits. */
  private static final class Mortal extends Transactions {
    private final AtomicInteger untilDeath;

    Mortal(Jdbi jdbi, AtomicInteger untilDeath) {
      super(jdbi);
      this.untilDeath = untilDeath;
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      return super.in(
          tx -> {
            T result = work.apply(tx);
            if (untilDeath.decrementAndGet() == 0) {
              throw new IllegalStateException("killed");
            }
            return result;
          });
    }
  }

  @Test
  void whateverDiesEveryOrderIsWholeOrArchivedAndTheBooksStayAsTheyAre() {
    IntStream.range(0, EACH)
        .forEach(i -> Stream.of(Fate.values()).forEach(fate -> fate.live(room, fate + "-" + i)));
    age();
    Audit.Result balanced = audit();
    assertThat(balanced.findings()).isZero();
    assertThat(archives().count(before, looked -> {})).isEqualTo(OVER);

    // A page, its batch, the next page, and the batch that is lost.
    untilDeath.set(4);
    assertThatThrownBy(this::archive).hasMessage("killed");
    untilDeath.set(Integer.MAX_VALUE);

    List<String> first = archived();
    assertThat(first).isNotEmpty().hasSizeLessThan(OVER);
    assertEachIsWholeOrArchived();
    Audit.Result between = audit();
    assertThat(between.findings()).isZero();
    assertThat(between.archived()).isEqualTo(first.size());
    assertThat(between.money()).isEqualTo(balanced.money());

    assertThat(archive()).isEqualTo(OVER - first.size());

    assertEachIsWholeOrArchived();
    Audit.Result after = audit();
    assertThat(after.findings()).isZero();
    assertThat(after.orders()).isEqualTo(balanced.orders());
    assertThat(after.archived()).isEqualTo(OVER);
    assertThat(after.money()).isEqualTo(balanced.money());
    assertThat(archive()).isZero();
  }

  @Test
  void nothingThatWasKnownOfAnOrderIsLostAndAllOfItCanBeForgotten() {
    Map<OrderId, Set<JsonNode>> rows = new LinkedHashMap<>();
    for (Fate fate :
        List.of(Fate.REFUNDED, Fate.REFUNDED_IN_PART, Fate.DECLINED, Fate.DISPUTE_WON)) {
      rows.put(fate.live(room, "kept-" + fate).order(), Set.of());
    }
    age();
    rows.replaceAll((order, none) -> rowsOf(order));

    assertThat(archive()).isEqualTo(rows.size());

    rows.forEach(
        (order, were) -> {
          assertThat(were).hasSizeGreaterThan(5);
          assertThat(inHistory(order)).containsAll(were);
          assertThat(rowsOf(order)).isEmpty();
        });
    assertThat(tablesThatName("customer-of-kept-")).containsOnly("archived_order", "coupon");
    assertThat(tablesThatName("@example.com")).containsOnly("archived_order");

    assertThat(archives().kept(before)).isEqualTo(rows.size());
    assertThat(archives().forget(before.minus(Duration.ofDays(1_000)))).isZero();
    assertThat(archives().forget(before)).isEqualTo(rows.size());
    assertThat(tablesThatName("@example.com")).isEmpty();
    assertThat(audit().findings()).isZero();
  }

  @Test
  void aKeyStaysTakenAndNothingIsDoneForItsOrderAnyMore() {
    Walk sold = Fate.DISPUTE_WON.live(room, "sold-long-ago");
    age();
    archive();
    OrderActivities orders = room.get(OrderActivities.class);
    long effects = number("select count(*) from operation");

    Acceptance again = sold.acceptance();
    Acceptance recovered = orders.accept(OrderInput.recover(sold.order()));

    assertThat(again.status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(again.archived().orElseThrow().endedAt()).isBefore(before);
    assertThat(again.plan()).isEmpty();
    assertThat(recovered).isEqualTo(again);
    assertThat(orders.recall(sold.order()).archived().orElseThrow().archived())
        .isEqualTo(again.archived());
    assertThat(orders.recall(OrderId.ofKey("never placed")).archived()).isEmpty();
    Walk other = Walk.of(room, "sold-long-ago", Walk.articles(1), Optional.empty());
    assertThat(catchThrowableOfType(ApplicationFailure.class, other::accept).getType())
        .isEqualTo("KEY_REUSED");

    refused(() -> sold.takeBack(OrderStatus.REFUNDED));
    refused(sold::review);
    refused(() -> sold.refund("EUR 1.00"));
    refused(() -> room.get(Timelines.class).of(sold.order()));
    refused(() -> room.get(Disputes.class).ofOrder(sold.order()));
    assertThat(number("select count(*) from operation")).isEqualTo(effects);
    assertThat(archived()).containsExactly(sold.order().value());
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable wish) {
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, wish);
    assertThat(failure.getType()).isEqualTo(OrderWorkflow.ARCHIVED);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("COMPLETED on 20").hasMessageContaining("is archived");
  }

  /** Each holds the order of one walk back, by something that is open about it. */
  private static final Map<String, String> OPEN =
      Map.ofEntries(
          Map.entry(
              "a report differs",
              """
              insert into discrepancy (key, recorded_state, reported_state)
              select key, state, 'DECLINED' from operation where order_id = :id limit 1
              """),
          Map.entry(
              "its money was kept",
              """
              with corrected as (
                update operation set step = 'CORRECT' where order_id = :id and step = 'CONFIRM')
              update sales_order set status = 'REFUNDED', ending = 'REFUNDED',
                reason_code = 'CUSTOMER_WISH', ended_at = completed_at where id = :id
              """),
          Map.entry(
              "nobody saw its money",
              "update payment set captured_minor = captured_minor + 1 where order_id = :id"),
          Map.entry(
              "its money is not booked",
              "update payment set captured_minor = 0 where order_id = :id"),
          Map.entry(
              "a settlement differs",
              """
              insert into settlement_difference (channel, date, reference, difference, order_id)
              values ('bank', current_date, 'more', 'MISSING_IN_LEDGER', :id)
              """),
          Map.entry(
              "an event is on its way",
              """
              insert into inbox (channel, event_id, type, merchant_reference, happened_at)
              values ('bank', 'late', 'charge.late', :id, now())
              """),
          Map.entry(
              "an event was delivered a moment ago",
              """
              insert into inbox (channel, event_id, type, order_id, happened_at, state,
                delivered_at, due_at)
              values ('bank', 'now', 'charge.late', :id, now(), 'DELIVERED', now(), null)
              """),
          Map.entry(
              "an event that names the payment alone is parked",
              """
              insert into inbox (channel, event_id, type, reference, happened_at, state,
                reason_code, reason_message, due_at)
              select t.channel, 'odd', 'dispute', t.reference, now(), 'PARKED', 'UNREADABLE',
                'nobody understands it', null
              from provider_transaction t join operation o on o.key = t.key
              where o.order_id = :id limit 1
              """),
          Map.entry(
              "a mail is not delivered",
              "update message set state = 'UNKNOWN' where order_id = :id"),
          Map.entry(
              "a mail was never begun",
              """
              with unsent as (delete from message where order_id = :id)
              update operation set step = 'CORRECT' where order_id = :id and step = 'CONFIRM'
              """),
          Map.entry(
              "a call is in doubt",
              """
              insert into operation (key, order_id, step, n, state, fingerprint, updated_at)
              values (:id || '/refund', :id, 'REFUND', 1, 'UNKNOWN', repeat('a', 64),
                now() - interval '800 days')
              """),
          Map.entry(
              "its coupon is held", "update coupon_use set state = 'HELD' where order_id = :id"),
          Map.entry(
              "its goods are reserved",
              "update reservation set state = 'RESERVED' where order_id = :id"),
          Map.entry(
              "its reward is owed",
              "update operation set step = 'REVOKE' where order_id = :id and step = 'GRANT'"),
          Map.entry(
              "it is on its way again", "update sales_order set status = 'PLACED' where id = :id"),
          Map.entry(
              "it may still be taken back",
              """
              update sales_order set refund_window_seconds = 100000 * 86400::bigint where id = :id
              """),
          Map.entry(
              "somebody wished something of it lately",
              """
              insert into order_decision (order_id, wish, answer, actor, role, reason)
              values (:id, 'TAKE_BACK', 'REFUSED', 'desk', 'OPERATOR', 'asked by phone')
              """));

  @Test
  void whatIsOpenHoldsItsOrderBack() {
    Walk sold = Fate.REWARDED.live(room, "sold");
    Map<String, Walk> held = new LinkedHashMap<>();
    OPEN.keySet().forEach(why -> held.put(why, Fate.REWARDED.live(room, why.replace(' ', '-'))));
    Walk young = Fate.REWARDED.live(room, "young");
    age();
    hasAClosedEvent(sold.order());
    held.forEach(
        (why, walk) ->
            room.ledger()
                .useHandle(
                    tx ->
                        tx.createUpdate(OPEN.get(why)).bind("id", walk.order().value()).execute()));
    room.ledger()
        .useHandle(
            tx ->
                tx.execute(
                    "update sales_order set updated_at = now() where id = ?",
                    young.order().value()));

    archive();

    assertThat(archived()).containsExactly(sold.order().value());
  }

  /** Nobody understood what its provider told of it, and a person has looked, just now. */
  private void hasAClosedEvent(OrderId order) {
    Inbox inbox = room.get(Inbox.class);
    inbox.store(
        new Hint(
            Bank.NAME,
            "looked at",
            "charge.odd",
            Optional.empty(),
            Optional.of(order.value()),
            Instant.now()));
    inbox
        .take(10, Duration.ofMinutes(1))
        .forEach(event -> inbox.park(event, new Reason("FAILED", "No."), Optional.empty()));
    Answer answer =
        inbox.close(new EventKey(Bank.NAME, "looked at"), new Closing("desk", "booked by hand"));
    assertThat(answer).isInstanceOf(Answer.Done.class);
  }

  @Test
  void twoRunsShareTheWorkAndOneThatIsLockedIsLeftOut() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      ids.add(Fate.COMPLETED.live(room, "shared-" + i).order().value());
    }
    age();
    String locked = ids.get(7);
    room.ledger()
        .useTransaction(
            tx -> {
              tx.execute("select from sales_order where id = ? for update", locked);
              // Each in a thread of its own: this one's would share the transaction.
              List<CompletableFuture<Long>> runs =
                  Stream.generate(() -> CompletableFuture.supplyAsync(this::archive))
                      .limit(2)
                      .toList();
              assertThat(runs.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(29);
            });
    assertThat(archived()).hasSize(29).doesNotContain(locked);

    assertThat(archive()).isOne();
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void anOrderWhoseEffectIsLockedIsLeftOutAndTheOthersAreNot() {
    String locked = Fate.COMPLETED.live(room, "in-hand").order().value();
    String free = Fate.COMPLETED.live(room, "free").order().value();
    age();

    room.ledger()
        .useTransaction(
            tx -> {
              tx.execute("select from operation where order_id = ? limit 1 for update", locked);
              // In a thread of its own: this one's would share the transaction.
              CompletableFuture.supplyAsync(this::archive).join();
            });

    assertThat(archived()).containsExactly(free);
    assertThat(refused).isEmpty();
  }

  @Test
  void anOrderThatTheDatabaseRefusesIsNamedAndTheOthersAreArchived() {
    List<String> redeemed =
        Stream.of("first", "second")
            .map(key -> Fate.REWARDED.live(room, key).order().value())
            .toList();
    String younger = Fate.COMPLETED.live(room, "younger").order().value();
    age();
    room.ledger()
        .useHandle(
            tx -> tx.execute("update coupon set uses_taken = 1 where code = ?", Room.COUPON));

    assertThat(archive()).isEqualTo(2);

    assertThat(archived()).containsExactlyInAnyOrder(redeemed.get(0), younger);
    assertThat(refused)
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.order()).isEqualTo(redeemed.get(1));
              assertThat(left.why()).contains("check constraint").doesNotContain("WELCOME");
            });
    assertEachIsWholeOrArchived();
  }

  @Test
  void anEventLeadsToTheArchivedOrderByItsPaymentToo() {
    Walk sold = Fate.COMPLETED.live(room, "reported-late");
    String payment =
        room.ledger()
            .withHandle(
                tx ->
                    tx.createQuery("select reference from provider_transaction")
                        .mapTo(String.class)
                        .one());
    age();
    archive();

    Stream.of(
            new Hint(Bank.NAME, "1", "x", Optional.of(payment), Optional.empty(), Instant.now()),
            new Hint(
                Bank.NAME,
                "2",
                "x",
                Optional.of("unheard of"),
                Optional.of(sold.order().value()),
                Instant.now()))
        .forEach(
            hint -> {
              Inbox.Owner owner = room.get(Inbox.class).owner(hint).orElseThrow();
              assertThat(owner.order()).isEqualTo(sold.order());
              assertThat(owner.left().orElseThrow().inWords()).contains("ended as COMPLETED on");
            });
  }

  @Test
  void nothingIsArchivedOrForgottenThatABankMayStillTakeBack() {
    Instant lately = Instant.now().minus(Archives.LEAST).plus(Duration.ofDays(2));

    assertThatThrownBy(() -> archives().archive(lately, refused::add, looked -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("540 days");
    assertThatThrownBy(() -> archives().forget(lately))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("540 days");
  }

  private long archive() {
    return archives().archive(before, refused::add, looked -> {});
  }

  private Archives archives() {
    return room.get(Archives.class);
  }

  private Audit.Result audit() {
    return room.get(Audit.class)
        .carryOut(finding -> System.err.println("audit: " + finding), read -> {});
  }

  /** Everything happened long ago. */
  private void age() {
    Map<String, List<String>> times =
        Map.of(
            "sales_order",
            List.of("placed_at", "completed_at", "ended_at", "updated_at", "disputed_at"),
            "operation",
            List.of("created_at", "updated_at"),
            "order_review",
            List.of("opened_at", "decided_at"),
            "order_decision",
            List.of("made_at"),
            "dispute",
            List.of("opened_at", "closed_at"),
            "inbox",
            List.of("received_at", "delivered_at"));
    room.ledger()
        .useHandle(
            tx ->
                times.forEach(
                    (table, columns) ->
                        tx.execute(
                            "update "
                                + table
                                + " set "
                                + String.join(
                                    ", ",
                                    columns.stream()
                                        .map(name -> name + " = " + name + " - interval '800 days'")
                                        .toList()))));
  }

  private List<String> archived() {
    return room.ledger()
        .withHandle(
            tx ->
                tx.createQuery("select id from sales_order where archived_at is not null")
                    .mapTo(String.class)
                    .list());
  }

  private void assertEachIsWholeOrArchived() {
    assertThat(
            number(
                """
                select count(*) from sales_order s
                where (s.archived_at is not null) <> exists
                        (select from archived_order a where a.order_id = s.id)
                   or (s.archived_at is null) <> exists
                        (select from operation o where o.order_id = s.id)
                   or (s.archived_at is null) <> exists
                        (select from order_line l where l.order_id = s.id)
                """))
        .isZero();
  }

  private long number(String sql) {
    return room.ledger().withHandle(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  /** Every row that names the order, in every table whose rows move. */
  private Set<JsonNode> rowsOf(OrderId order) {
    Set<JsonNode> rows = new HashSet<>();
    room.ledger()
        .useTransaction(
            tx -> {
              tx.execute("set local time zone 'UTC'");
              for (String table : tables(tx)) {
                if (!STAY.contains(table)) {
                  rows(tx, table, order.value()).forEach(row -> rows.add(read(row)));
                }
              }
            });
    return rows;
  }

  private Set<String> tablesThatName(String text) {
    return room.ledger()
        .withHandle(
            tx -> {
              Set<String> named = new HashSet<>();
              for (String table : tables(tx)) {
                if (!rows(tx, table, text).isEmpty() && !table.equals("risk_trace")) {
                  named.add(table);
                }
              }
              return named;
            });
  }

  private static List<String> tables(Handle tx) {
    return tx.createQuery(
            """
            select table_name from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE'
            """)
        .mapTo(String.class)
        .list();
  }

  private static List<String> rows(Handle tx, String table, String text) {
    return tx.createQuery(
            "select to_jsonb(t)::text from " + table + " t where to_jsonb(t)::text like :like")
        .bind("like", "%" + text + "%")
        .mapTo(String.class)
        .list();
  }

  private Set<JsonNode> inHistory(OrderId order) {
    String history =
        room.ledger()
            .withHandle(
                tx ->
                    tx.createQuery("select history from archived_order where order_id = :id")
                        .bind("id", order.value())
                        .mapTo(String.class)
                        .one());
    Set<JsonNode> rows = new HashSet<>();
    read(history)
        .forEach(
            part -> {
              rows.add(part);
              part.forEach(rows::add);
            });
    return rows;
  }

  private static JsonNode read(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (Exception e) {
      throw new IllegalStateException(json, e);
    }
  }
}
