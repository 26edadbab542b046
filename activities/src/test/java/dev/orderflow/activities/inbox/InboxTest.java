package dev.orderflow.activities.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Injector;
import dev.orderflow.activities.inbox.Inbox.Stored;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.Tombstone;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final OrderId ORDER = OrderId.ofKey("inbox");
  private static final Reason UNKNOWN = new Reason("UNKNOWN_ORDER", "No such order.");

  static Injector injector;
  static Inbox inbox;

  @BeforeAll
  static void open() {
    injector = database.injector(new InboxModule(InboxConfig.defaults()));
  }

  /** A process that has seen nothing yet. */
  @BeforeEach
  void empty() {
    database.execute("truncate inbox");
    inbox = injector.getInstance(Inbox.class);
  }

  @Test
  void ofManyCopiesAtOnceOneIsStored() {
    Callable<Stored> copy = () -> inbox.store(hint("evt_1"));

    var results = AtOnce.<Stored>run(Collections.nCopies(20, copy));

    assertThat(results)
        .extracting(AtOnce.Result::value)
        .containsOnlyOnce(Stored.NEW)
        .doesNotContainNull();
    assertThat(database.number("select count(*) from inbox")).isOne();
  }

  @Test
  void aCopyOfWhatIsKnownToBeKeptDoesNotAskTheDatabase() {
    assertThat(inbox.store(hint("evt_1"))).isEqualTo(Stored.NEW);
    database.execute("truncate inbox");

    assertThat(inbox.store(hint("evt_1"))).isEqualTo(Stored.KNOWN);

    assertThat(database.number("select count(*) from inbox")).isZero();
    Inbox ofAnotherProcess = injector.getInstance(Inbox.class);
    assertThat(ofAnotherProcess.store(hint("evt_1"))).isEqualTo(Stored.NEW);
  }

  @Test
  void howLateCallbacksComeIsCountedFromTheProvidersTime() {
    inbox.store(hint("evt_1"));
    inbox.take(1, LEASE).forEach(event -> inbox.delivered(event, ORDER));
    database.execute(
        "update inbox set happened_at = received_at - interval '2 seconds',"
            + " delivered_at = received_at + interval '3 seconds'");

    assertThat(injector.getInstance(CallbackLags.class).lastHour())
        .singleElement()
        .satisfies(
            lag -> {
              assertThat(lag.events()).isOne();
              assertThat(lag.received().p95()).isEqualTo(Duration.ofSeconds(2));
              assertThat(lag.delivered().p50()).isEqualTo(Duration.ofSeconds(5));
            });
  }

  @Test
  void theSameIdOfAnotherChannelIsAnotherEvent() {
    inbox.store(hint("evt_1"));

    assertThat(inbox.store(hint("other", "evt_1", Optional.empty(), Optional.empty())))
        .isEqualTo(Stored.NEW);
  }

  @Test
  void manyWhoTakeAtOnceNeverTakeTheSame() {
    for (int i = 0; i < 40; i++) {
      inbox.store(hint("evt_" + i));
    }
    Callable<List<Received>> taker = () -> inbox.take(10, LEASE);

    var results = AtOnce.<List<Received>>run(Collections.nCopies(8, taker));

    List<Long> taken = results.stream().flatMap(r -> r.value().stream()).map(Received::id).toList();
    assertThat(taken).doesNotHaveDuplicates();
    while (taken.size() < 40) {
      // Those that were locked by a neighbour at that moment are still there.
      List<Long> rest = inbox.take(10, LEASE).stream().map(Received::id).toList();
      assertThat(rest).isNotEmpty().doesNotContainAnyElementsOf(taken);
      taken = java.util.stream.Stream.concat(taken.stream(), rest.stream()).toList();
    }
    assertThat(inbox.take(10, LEASE)).isEmpty();
  }

  @Test
  void whatADeadProcessHadTakenIsTakenAgainAfterItsLease() {
    inbox.store(hint("evt_1"));
    inbox.take(1, LEASE);
    assertThat(inbox.take(1, LEASE)).isEmpty();

    timePasses(LEASE);

    assertThat(inbox.take(1, LEASE))
        .singleElement()
        .satisfies(event -> assertThat(event.tries()).isEqualTo(2));
  }

  @Test
  void whatWasDeliveredStaysSo() {
    inbox.store(hint("evt_1"));
    Received event = inbox.take(1, LEASE).get(0);
    inbox.delivered(event, ORDER);

    inbox.failed(event, UNKNOWN, Duration.ZERO);
    inbox.park(event, UNKNOWN, Optional.empty());
    inbox.putBack(event, Duration.ZERO);

    assertThat(inbox.list(Optional.of(InboxState.DELIVERED), 10))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.orderId()).contains(ORDER);
              assertThat(kept.dueAt()).isEmpty();
            });
    assertThat(inbox.take(1, LEASE)).isEmpty();
    assertThat(inbox.store(hint("evt_1"))).isEqualTo(Stored.KNOWN);
    assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 0, 0, Optional.empty()));
  }

  @Test
  void aParkedEventIsTriedAgainWhenItIsTimeOrWhenSomebodySaysSo() {
    inbox.store(hint("evt_1"));
    inbox.park(inbox.take(1, LEASE).get(0), UNKNOWN, Optional.of(Duration.ofMinutes(5)));
    assertThat(inbox.take(1, LEASE)).isEmpty();
    timePasses(Duration.ofMinutes(5));
    Received again = inbox.take(1, LEASE).get(0);
    assertThat(again.state()).isEqualTo(InboxState.PARKED);
    assertThat(again.reason()).contains(UNKNOWN);

    inbox.park(again, UNKNOWN, Optional.empty());
    timePasses(Duration.ofDays(10));
    assertThat(inbox.take(1, LEASE)).isEmpty();
    assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 1, 1, Optional.empty()));

    assertThat(inbox.retry("shop", "evt_1")).isTrue();
    assertThat(inbox.retry("shop", "evt_1")).isFalse();
    assertThat(inbox.take(1, LEASE))
        .singleElement()
        .satisfies(event -> assertThat(event.tries()).isOne());
  }

  @Test
  void aClosedEventIsNotTriedNorCountedAndKeepsWhoClosedItAndWhy() {
    parked("evt_1", Optional.of(Duration.ofMinutes(5)));
    assertThat(inbox.backlog().parked()).isOne();

    Received closed = close("evt_1", "anna", "refunded by hand").orElseThrow();
    timePasses(Duration.ofDays(10));

    assertThat(closed.state()).isEqualTo(InboxState.CLOSED);
    assertThat(closed.closed().orElseThrow().actor()).isEqualTo("anna");
    assertThat(closed.closed().orElseThrow().reason()).isEqualTo("refunded by hand");
    assertThat(closed.reason()).contains(UNKNOWN);
    assertThat(inbox.list(Optional.of(InboxState.CLOSED), 10)).containsExactly(closed);
    assertThat(inbox.list(Optional.of(InboxState.PARKED), 10)).isEmpty();
    assertThat(inbox.take(1, LEASE)).isEmpty();
    assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 0, 0, Optional.empty()));
    Inbox ofAnotherProcess = injector.getInstance(Inbox.class);
    assertThat(ofAnotherProcess.store(hint("evt_1"))).isEqualTo(Stored.KNOWN);
    assertThat(inbox.take(1, LEASE)).isEmpty();
  }

  @Test
  void ofManyWhoCloseAnEventTheFirstIsKept() {
    parked("evt_1", Optional.empty());
    List<Callable<Optional<Received>>> all =
        IntStream.range(0, 8)
            .<Callable<Optional<Received>>>mapToObj(i -> () -> close("evt_1", "p" + i, "why " + i))
            .toList();

    var results = AtOnce.<Optional<Received>>run(all);

    Received kept = inbox.list(Optional.of(InboxState.CLOSED), 10).get(0);
    assertThat(results).extracting(AtOnce.Result::value).containsOnly(Optional.of(kept));
    assertThat(close("evt_1", "later", "again")).contains(kept);
  }

  @Test
  void onlyWhatIsParkedIsClosed() {
    inbox.store(hint("told"));
    inbox.delivered(inbox.take(1, LEASE).get(0), ORDER);
    inbox.store(hint("on its way"));
    List<Received> before = inbox.list(Optional.empty(), 10);

    assertThat(close("told", "anna", "why").orElseThrow().state()).isEqualTo(InboxState.DELIVERED);
    assertThat(close("on its way", "anna", "why").orElseThrow().state())
        .isEqualTo(InboxState.RECEIVED);
    assertThat(close("unheard of", "anna", "why")).isEmpty();
    assertThatThrownBy(() -> close("told", "anna", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reason: is missing");

    assertThat(inbox.list(Optional.empty(), 10)).isEqualTo(before);
  }

  @Test
  void whatWasTriedWhileItWasClosedStaysClosed() {
    Received event = parked("evt_1", Optional.of(Duration.ZERO));
    assertThat(inbox.take(1, LEASE)).hasSize(1);
    Received closed = close("evt_1", "anna", "another shop's").orElseThrow();

    inbox.failed(event, UNKNOWN, Duration.ZERO);
    inbox.park(event, UNKNOWN, Optional.of(Duration.ZERO));
    inbox.putBack(event, Duration.ZERO);
    assertThat(inbox.delivered(event, ORDER)).isEmpty();

    assertThat(inbox.list(Optional.empty(), 10)).containsExactly(closed);
  }

  @Test
  void aClosedEventThatSomebodyWantsTriedAfterAllIsOpenAgain() {
    parked("evt_1", Optional.empty());
    close("evt_1", "anna", "the wrong one");

    assertThat(inbox.retry("shop", "evt_1")).isTrue();

    assertThat(inbox.take(1, LEASE))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.state()).isEqualTo(InboxState.RECEIVED);
              assertThat(event.closed()).isEmpty();
              assertThat(event.tries()).isOne();
            });
  }

  @Test
  void whatIsClosedIsListedPageByPage() {
    for (String id : List.of("1", "2", "3", "4")) {
      parked(id, Optional.empty());
    }
    List.of("3", "1", "2").forEach(id -> close(id, "anna", "why"));

    assertThat(ids(inbox.list(Optional.of(InboxState.CLOSED), 2))).containsExactly("3", "2");
    assertThat(
            ids(
                inbox.list(
                    Optional.of(InboxState.CLOSED), Optional.of(new Inbox.Place("shop", "2")), 2)))
        .containsExactly("1");
  }

  private static List<String> ids(List<Received> events) {
    return events.stream().map(event -> event.hint().eventId()).toList();
  }

  private static Received parked(String eventId, Optional<Duration> again) {
    inbox.store(hint(eventId));
    Received event = inbox.take(1, LEASE).get(0);
    inbox.park(event, UNKNOWN, again);
    return event;
  }

  private static Optional<Received> close(String eventId, String actor, String reason) {
    return inbox.close(new Inbox.Place("shop", eventId), actor, reason);
  }

  @Test
  void anEventBelongsToTheOrderOfItsTransactionOrElseToTheOneItNames() {
    database.execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
          document, refund_window_seconds, ending)
        values ('%s', 'inbox', repeat('0', 64), 'c-1', 'PLACED', 'EUR', '{}', 0, 'REJECTED')
        """
            .formatted(ORDER));
    OrderId owner = OrderId.ofKey("owner");
    database.execute(
        """
        insert into operation (key, order_id, step, n, state, fingerprint)
        values ('%s/charge', '%s', 'charge', 1, 'SUCCEEDED', repeat('0', 64))
        """
            .formatted(owner, owner));
    database.execute(
        """
        insert into provider_transaction
          (channel, reference, key, kind, currency, amount_minor, merchant_reference)
        values ('shop', 'pi_1', '%s/charge', 'CHARGE', 'EUR', 100, '%s')
        """
            .formatted(owner, owner));
    Optional<String> named = Optional.of(ORDER.value());

    assertThat(inbox.owner(hint("shop", "e", Optional.of("pi_1"), named)))
        .contains(new Inbox.Owner(owner, Optional.empty()));
    assertThat(inbox.owner(hint("shop", "e", Optional.of("pi_2"), named)))
        .contains(new Inbox.Owner(ORDER, Optional.empty()));
    assertThat(inbox.owner(hint("other", "e", Optional.of("pi_1"), Optional.empty()))).isEmpty();
    assertThat(inbox.owner(hint("shop", "e", Optional.empty(), Optional.of("no id")))).isEmpty();
  }

  @Test
  void whatWasToldToAnOrderThatIsArchivedMeanwhileIsNotDelivered() throws Exception {
    OrderId order = OrderId.ofKey("inbox, archived");
    database.execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
          total, plan, document, refund_window_seconds, completed_at)
        values ('%s', 'a', repeat('0', 64), 'c', 'COMPLETED', 'EUR', 1, '{}', '{}', 0, now())
        """
            .formatted(order));
    inbox.store(hint("evt_1"));
    Received event = inbox.take(1, LEASE).get(0);

    Callable<Optional<Tombstone>> delivery = () -> inbox.delivered(event, order);
    FutureTask<Optional<Tombstone>> delivered = new FutureTask<>(delivery);
    database
        .get(Jdbi.class)
        .useTransaction(
            tx -> {
              tx.execute("select from sales_order where id = ? for update", order.value());
              new Thread(delivered).start();
              while (!delivered.isDone() && database.number(WAITING) == 0) {
                Thread.onSpinWait();
              }
              tx.execute("update sales_order set archived_at = now() where id = ?", order.value());
            });

    assertThat(delivered.get().map(Tombstone::id)).contains(order);
    assertThat(inbox.list(Optional.of(InboxState.DELIVERED), 10)).isEmpty();
  }

  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
      """;

  @Test
  void whatWasDeliveredOrClosedLongAgoIsForgottenAndNothingElse() {
    for (String id : List.of("old", "new")) {
      inbox.store(hint(id));
      inbox.take(1, LEASE).forEach(event -> inbox.delivered(event, ORDER));
    }
    for (String id : List.of("parked", "closed, old", "closed, new")) {
      parked(id, Optional.empty());
    }
    close("closed, old", "anna", "why");
    close("closed, new", "anna", "why");
    database.execute("update inbox set received_at = now() - interval '99 days'");
    for (String column : List.of("delivered_at", "closed_at")) {
      database.execute(
          "update inbox set %1$s = now() - interval '31 days' where event_id like '%%old' and %1$s is not null"
              .formatted(column));
    }

    Set<ExpirySweep> sweeps =
        injector.getInstance(
            com.google.inject.Key.get(new com.google.inject.TypeLiteral<Set<ExpirySweep>>() {}));

    assertThat(sweeps).singleElement().satisfies(sweep -> assertThat(sweep.sweep()).isEqualTo(2));
    assertThat(ids(inbox.list(Optional.empty(), 10)))
        .containsExactlyInAnyOrder("new", "parked", "closed, new");
  }

  private static void timePasses(Duration time) {
    database.execute(
        "update inbox set due_at = due_at - interval '%d seconds'".formatted(time.toSeconds()));
  }

  private static Hint hint(String eventId) {
    return hint("shop", eventId, Optional.of("pi_1"), Optional.of(ORDER.value()));
  }

  private static Hint hint(
      String channel, String eventId, Optional<String> reference, Optional<String> merchant) {
    return new Hint(channel, eventId, "paid", reference, merchant, Instant.EPOCH);
  }
}
