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
  void aTryThatOutlivedItsLeaseSaysNothingAboutTheNext() {
    inbox.store(hint("evt_1"));
    Received stalled = inbox.take(1, LEASE).get(0);
    timePasses(LEASE);
    Received next = inbox.take(1, LEASE).get(0);

    assertThat(inbox.failed(stalled, UNKNOWN, Duration.ZERO)).isFalse();
    assertThat(inbox.park(stalled, UNKNOWN, Optional.empty())).isFalse();
    inbox.putBack(stalled, Duration.ZERO);
    assertThat(inbox.list(Optional.empty(), 10)).containsExactly(next);

    assertThat(inbox.park(next, UNKNOWN, Optional.empty())).isTrue();
    assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 1, 1, Optional.empty()));
  }

  @Test
  void aTryDoesNotStopWhatSomebodyHasPutOnItsWayMeanwhile() {
    Received parked = parked("evt_1", Optional.of(Duration.ZERO));
    Received stalled = inbox.take(1, LEASE).get(0);
    inbox.retry(key("evt_1"));

    inbox.park(stalled, UNKNOWN, Optional.empty());

    assertThat(inbox.take(1, LEASE)).singleElement().returns(parked.id(), Received::id);
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

    assertThat(done(inbox.retry(key("evt_1"))).state()).isEqualTo(InboxState.RECEIVED);
    assertThat(inbox.retry(key("evt_1"))).isInstanceOf(Answer.Refused.class);
    assertThat(inbox.take(1, LEASE))
        .singleElement()
        .satisfies(event -> assertThat(event.tries()).isOne());
  }

  @Test
  void aClosedEventIsNotTriedNorCountedAndKeepsWhoClosedItAndWhy() {
    parked("evt_1", Optional.empty());
    assertThat(inbox.backlog().parked()).isOne();

    Received closed = done(close("evt_1", "anna", "refunded by hand"));

    assertThat(closed.state()).isEqualTo(InboxState.CLOSED);
    assertThat(closed.closed().orElseThrow().inWords())
        .matches("closed on \\d{4}-\\d\\d-\\d\\d by anna: refunded by hand");
    assertThat(closed.reason()).contains(UNKNOWN);
    assertThat(inbox.list(Optional.of(InboxState.CLOSED), 10)).containsExactly(closed);
    assertThat(inbox.list(Optional.of(InboxState.PARKED), 10)).isEmpty();
    assertThat(inbox.backlog()).isEqualTo(new Backlog(0, 0, 0, Optional.empty()));
    Inbox ofAnotherProcess = injector.getInstance(Inbox.class);
    assertThat(ofAnotherProcess.store(hint("evt_1"))).isEqualTo(Stored.KNOWN);
    assertThat(inbox.take(1, LEASE)).isEmpty();
  }

  @Test
  void ofManyWhoCloseAnEventTheFirstIsKept() {
    parked("evt_1", Optional.empty());
    List<Callable<Answer>> all =
        IntStream.range(0, 8)
            .<Callable<Answer>>mapToObj(i -> () -> close("evt_1", "p" + i, "why " + i))
            .toList();

    var results = AtOnce.<Answer>run(all);

    Received kept = inbox.list(Optional.of(InboxState.CLOSED), 10).get(0);
    assertThat(results).extracting(AtOnce.Result::value).containsOnly(new Answer.Done(kept));
    assertThat(close("evt_1", "later", "again")).isEqualTo(new Answer.Done(kept));
  }

  @Test
  void onlyWhatWasGivenUpIsClosed() {
    inbox.store(hint("told"));
    inbox.delivered(inbox.take(1, LEASE).get(0), ORDER);
    inbox.store(hint("on its way"));
    inbox.store(hint("tried again"));
    inbox.take(2, LEASE).stream()
        .filter(event -> event.hint().eventId().equals("tried again"))
        .forEach(event -> inbox.park(event, UNKNOWN, Optional.of(Duration.ofMinutes(5))));
    List<Received> before = inbox.list(Optional.empty(), 10);
    assertThat(before)
        .extracting(Received::state)
        .containsExactly(InboxState.PARKED, InboxState.RECEIVED, InboxState.DELIVERED);

    assertThat(before)
        .allSatisfy(
            event ->
                assertThat(close(event.hint().eventId(), "anna", "why"))
                    .isEqualTo(new Answer.Refused(event)));
    assertThat(close("unheard of", "anna", "why")).isEqualTo(new Answer.Unknown());

    assertThat(inbox.list(Optional.empty(), 10)).isEqualTo(before);
  }

  @Test
  void whateverWasTypedIsShownAsText() {
    Closed closed =
        new Closed(Instant.parse("2026-01-31T10:00:00Z"), "an\u001b[31mna", "two\nlines");

    assertThat(closed.inWords()).isEqualTo("closed on 2026-01-31 by an [31mna: two lines");
  }

  @Test
  void whoClosesSaysWhoTheyAreAndWhy() {
    assertThatThrownBy(() -> new Closing("anna", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("reason: is missing");
    assertThatThrownBy(() -> new Closing("anna", "x".repeat(501)))
        .hasMessage("reason: must have 1 to 500 characters");
    assertThatThrownBy(() -> new Closing("a".repeat(501), "why"))
        .hasMessage("actor: must have 1 to 500 characters");
    assertThatThrownBy(() -> new Closing(" ", "why"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("actor: is missing");
  }

  @Test
  void whatIsTriedJustNowIsNotClosed() {
    parked("given up", Optional.empty());
    parked("still tried", Optional.of(Duration.ZERO));
    inbox.retry(key("given up"));

    assertThat(inbox.take(2, LEASE)).hasSize(2);

    for (String tried : List.of("still tried", "given up")) {
      assertThat(close(tried, "anna", "why"))
          .isInstanceOfSatisfying(
              Answer.Refused.class, answer -> assertThat(answer.event().dueAt()).isPresent());
    }
  }

  @Test
  void anEventIsEitherClosedOrTriedAgainWhoeverComesFirst() {
    List<String> ids = List.of("1", "2", "3", "4", "5");
    ids.forEach(id -> parked(id, Optional.empty()));
    for (String id : ids) {
      var results =
          AtOnce.<Answer>run(List.of(() -> close(id, "anna", "why"), () -> inbox.retry(key(id))));

      assertThat(results)
          .extracting(AtOnce.Result::value)
          .filteredOn(Answer.Done.class::isInstance)
          .hasSize(1);
    }
  }

  @Test
  void whoeverThoughtThatHeTriedItChangesNothingAboutAClosedEvent() {
    inbox.store(hint("evt_1"));
    Received event = inbox.take(1, LEASE).get(0);
    timePasses(LEASE);
    inbox.park(inbox.take(1, LEASE).get(0), UNKNOWN, Optional.empty());
    Received closed = done(close("evt_1", "anna", "another shop's"));

    inbox.failed(event, UNKNOWN, Duration.ZERO);
    inbox.park(event, UNKNOWN, Optional.of(Duration.ZERO));
    inbox.putBack(event, Duration.ZERO);
    inbox.delivered(event, ORDER);

    assertThat(inbox.list(Optional.empty(), 10)).containsExactly(closed);
  }

  @Test
  void aClosingIsForGood() {
    parked("evt_1", Optional.empty());
    Received closed = done(close("evt_1", "anna", "refunded by hand"));

    assertThat(inbox.retry(key("evt_1"))).isEqualTo(new Answer.Refused(closed));

    assertThat(inbox.list(Optional.empty(), 10)).containsExactly(closed);
    assertThat(inbox.retry(key("unheard of"))).isEqualTo(new Answer.Unknown());
  }

  @Test
  void whatIsClosedIsListedPageByPage() {
    for (String id : List.of("1", "2", "3", "4")) {
      parked(id, Optional.empty());
    }
    List.of("3", "1", "2").forEach(id -> close(id, "anna", "why"));

    assertThat(ids(inbox.list(Optional.of(InboxState.CLOSED), 2))).containsExactly("3", "2");
    assertThat(ids(inbox.list(Optional.of(InboxState.CLOSED), Optional.of(key("2")), 2)))
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

  private static Answer close(String eventId, String actor, String reason) {
    return inbox.close(key(eventId), new Closing(actor, reason));
  }

  private static Received done(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done) answer).event();
  }

  private static EventKey key(String eventId) {
    return new EventKey("shop", eventId);
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

    assertThat(sweeps)
        .extracting(ExpirySweep::name)
        .containsExactlyInAnyOrder("delivered callbacks", "closed callbacks");
    assertThat(sweeps).allSatisfy(sweep -> assertThat(sweep.sweep()).isOne());
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
