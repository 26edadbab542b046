package dev.orderflow.worker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.activities.inbox.EventKey;
import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.workflows.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the inbox to the order. */
@Timeout(60)
class DeliveryTest {

  static GatewayHouse house;

  @BeforeAll
  static void open() throws Exception {
    house = new GatewayHouse();
  }

  @AfterAll
  static void close() throws Exception {
    house.close();
  }

  @BeforeEach
  void empty() {
    house.empty();
  }

  @Test
  void anEventThatCameBeforeItsOrderIsParkedAndMatchedLater() {
    OrderId order = OrderId.ofKey("early");
    house.inbox.store(hint("evt_1", order));
    house.deliverDue();
    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.only().reason().orElseThrow().code()).isEqualTo("UNKNOWN_ORDER");
    assertThat(house.deliverDue()).isZero();

    house.timePasses(Duration.ofSeconds(1));
    house.deliverDue();
    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.only().tries()).isEqualTo(2);

    house.order("early");
    house.timePasses(Duration.ofSeconds(2));
    house.deliverDue();

    assertThat(house.only().state()).isEqualTo(InboxState.DELIVERED);
    assertThat(house.only().reason()).isEmpty();
    assertThat(house.told).containsExactly(order);
  }

  @Test
  void anEventAboutAnArchivedOrderIsLeftToPeople() {
    OrderId order = house.order("archived");
    house.execute(
        "update sales_order set archived_at = now(), status = 'COMPLETED', ending = null,"
            + " completed_at = '2024-05-06', plan = '{}', total = 1");
    house.inbox.store(hint("evt_1", order));

    house.deliverDue();

    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.only().dueAt()).isEmpty();
    assertThat(house.only().reason().orElseThrow().toString())
        .isEqualTo(
            "ORDER_ARCHIVED: order "
                + order
                + " ended as COMPLETED on 2024-05-06 and is archived: nothing can be done for it"
                + " any more");
    assertThat(house.told).isEmpty();
  }

  @Test
  void anEventWhoseOrderIsArchivedWhileItIsToldIsLeftToPeople() {
    OrderId order = house.order("just-archived");
    house.inbox.store(hint("evt_1", order));
    Reports archiving =
        told ->
            house.execute(
                "update sales_order set archived_at = now(), status = 'COMPLETED', ending = null,"
                    + " completed_at = '2024-05-06', plan = '{}', total = 1");

    new Delivery(house.inbox, archiving, house.meters)
        .deliver(house.inbox.take(1, Delivery.LEASE).get(0));

    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.only().dueAt()).isEmpty();
    assertThat(house.only().reason().orElseThrow().code()).isEqualTo("ORDER_ARCHIVED");
    assertThat(
            house
                .meters
                .find("orderflow.callbacks.deliveries")
                .tag("outcome", "delivered")
                .counter())
        .isNull();
  }

  @Test
  void afterADayAnUnknownOrderIsLeftToPeople() {
    house.inbox.store(hint("evt_1", OrderId.ofKey("never")));
    house.execute("update inbox set received_at = now() - interval '25 hours'");

    house.deliverDue();

    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.only().dueAt()).isEmpty();
    assertThat(house.inbox.backlog().givenUp()).isOne();
  }

  @Test
  void aPoisonEventIsParkedAfterTenTriesAndHoldsUpNoOther() {
    OrderId poisoned = house.order("poisoned");
    house.failures.put(poisoned, () -> new IllegalStateException("can't\u0000be told"));
    OrderId healthy = house.order("healthy");
    house.inbox.store(hint("evt_1", poisoned));
    house.inbox.store(hint("evt_2", healthy));

    house.deliverDue();
    assertThat(house.told).containsExactly(healthy);

    int tries = 1;
    while (parkedFor(poisoned).isEmpty()) {
      house.timePasses(Duration.ofMinutes(5));
      assertThat(house.deliverDue()).isOne();
      tries++;
    }
    assertThat(tries).isEqualTo(Delivery.MOST_TRIES);
    Received parked = parkedFor(poisoned).orElseThrow();
    assertThat(parked.dueAt()).isEmpty();
    assertThat(parked.reason().orElseThrow().message())
        .isEqualTo("IllegalStateException: can't be told");
    assertThat(
            house.meters.find("orderflow.callbacks.deliveries").tag("outcome", "parked").counter())
        .satisfies(counter -> assertThat(counter.count()).isOne());

    house.failures.clear();
    house.inbox.retry(new EventKey(CallingChannel.NAME, "evt_1"));
    house.deliverDue();
    assertThat(house.told).containsExactly(healthy, poisoned);
  }

  @Test
  void anEventThatEndsWhoeverTriesItIsParkedToo() {
    OrderId order = house.order("deadly");
    house.inbox.store(hint("evt_1", order));
    for (int i = 0; i < Delivery.MOST_TRIES; i++) {
      // Taken, and nothing heard of any more.
      assertThat(house.inbox.take(1, Delivery.LEASE)).hasSize(1);
      house.timePasses(Delivery.LEASE);
    }

    house.deliverDue();

    assertThat(house.only().state()).isEqualTo(InboxState.PARKED);
    assertThat(house.told).isEmpty();
  }

  @Test
  void whatWasInterruptedIsNotHeldAgainstTheEvent() {
    OrderId order = house.order("interrupted");
    house.failures.put(order, () -> new CancellationException("interrupted"));
    house.inbox.store(hint("evt_1", order));

    for (int i = 0; i < 2 * Delivery.MOST_TRIES; i++) {
      assertThat(house.deliverDue()).isOne();
    }

    assertThat(house.only().state()).isEqualTo(InboxState.RECEIVED);
    assertThat(house.only().tries()).isZero();
  }

  @Test
  void anOrderThatKeepsUsWaitingHoldsUpNoOther() throws Exception {
    OrderId slow = house.order("slow");
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    house.failures.put(
        slow,
        () -> {
          waiting.countDown();
          awaitQuietly(go);
          return new CancellationException("gone");
        });
    house.inbox.store(hint("evt_1", slow));
    DeliveryLoop loop =
        new DeliveryLoop(
            house.inbox, new Delivery(house.inbox, house.reports, house.meters), 1_000);
    try {
      loop.start();
      waiting.await();
      for (int i = 0; i < 30; i++) {
        house.inbox.store(hint("evt_fast_" + i, house.order("fast-" + i)));
      }
      loop.nudge();

      await().until(() -> house.told.size() == 30);
    } finally {
      house.failures.clear();
      go.countDown();
      loop.close();
    }
  }

  @Test
  void ofABurstSoManyASecondAreToldAndTheRestWaitsInTheInbox() {
    for (int i = 0; i < 30; i++) {
      house.inbox.store(hint("evt_" + i, house.order("burst-" + i)));
    }
    DeliveryLoop loop =
        new DeliveryLoop(house.inbox, new Delivery(house.inbox, house.reports, house.meters), 1);
    try {
      loop.start();
      await().until(() -> !house.told.isEmpty());

      assertThat(house.inbox.list(Optional.of(InboxState.RECEIVED), 30))
          .filteredOn(event -> event.tries() == 0)
          .isNotEmpty();
    } finally {
      loop.close();
    }
  }

  private static Optional<Received> parkedFor(OrderId order) {
    return house.inbox.list(Optional.of(InboxState.PARKED), 10).stream()
        .filter(event -> event.hint().merchantReference().equals(Optional.of(order.value())))
        .findFirst();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Hint hint(String eventId, OrderId order) {
    return new Hint(
        CallingChannel.NAME,
        eventId,
        "payment.paid",
        Optional.of("pi_" + eventId),
        Optional.of(order.value()),
        Instant.EPOCH);
  }
}
