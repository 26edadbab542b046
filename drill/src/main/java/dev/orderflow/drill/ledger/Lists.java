package dev.orderflow.drill.ledger;

import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.inbox.CallbackLags;
import dev.orderflow.activities.inbox.EventKey;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.Disputes;
import dev.orderflow.activities.payment.DoubtFigures;
import dev.orderflow.activities.probe.ProbeFigures;
import dev.orderflow.activities.settlement.Settlements;
import dev.orderflow.activities.timeline.StageFigures;
import dev.orderflow.activities.timeline.Timelines;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that a person, a page of metrics or a worker's clock asks of a ledger. */
final class Lists {

  private static final int PAGE = 100;

  private Lists() {}

  /** By what is typed, or by what it is for. */
  static Map<String, Runnable> of(Room room, OrderId order, LocalDate day) {
    Map<String, Runnable> lists = new LinkedHashMap<>();
    ofOneOrder(room, order, lists);
    ofPeople(room, day, lists);
    ofMetrics(room, lists);
    for (ExpirySweep sweep : room.sweeps()) {
      lists.put("sweep of " + sweep.name(), sweep::sweep);
    }
    return lists;
  }

  private static void ofOneOrder(Room room, OrderId order, Map<String, Runnable> lists) {
    lists.put("timeline ORDER", () -> room.get(Timelines.class).of(order).orElseThrow());
    lists.put("the effects of an order", () -> room.get(Ledger.class).effects(order));
    lists.put("dispute show ORDER", () -> room.get(Disputes.class).ofOrder(order));
    lists.put(
        "recover ORDER", () -> room.get(OrderActivities.class).accept(OrderInput.recover(order)));
  }

  private static void ofPeople(Room room, LocalDate day, Map<String, Runnable> lists) {
    Disputes disputes = room.get(Disputes.class);
    lists.put("dispute list", () -> disputes.open(PAGE));
    lists.put("dispute list --all", () -> disputes.latest(PAGE));
    Inbox inbox = room.get(Inbox.class);
    lists.put("inbox", () -> inbox.list(Optional.empty(), PAGE));
    for (InboxState state : InboxState.values()) {
      lists.put(
          "inbox --state " + state.name().toLowerCase(Locale.ROOT),
          () -> inbox.list(Optional.of(state), PAGE));
    }
    Optional<EventKey> event = Optional.of(lastPageOfInbox(room));
    lists.put("inbox, last page", () -> inbox.list(Optional.empty(), event, PAGE));
    lists.put("timeline --all", () -> room.get(StageFigures.class).since(Duration.ofDays(1)));
    CouponStore coupons = room.get(CouponStore.class);
    lists.put("coupon list", () -> coupons.list(Optional.empty(), PAGE));
    Optional<String> coupon = Optional.of(lastPageOfCoupons(room));
    lists.put("coupon list, last page", () -> coupons.list(coupon, PAGE));
    lists.put("stock list", () -> room.get(StockStore.class).list());
    lists.put("catalog list", () -> room.get(CatalogStore.class).list());
    lists.put(
        "reconcile, what differs",
        () -> room.get(Settlements.class).unsettled(Bank.NAME, day, PAGE));
  }

  private static String lastPageOfCoupons(Room room) {
    String sql = "select code from coupon order by created_at, code offset :page limit 1";
    return room.ledger()
        .withHandle(tx -> tx.createQuery(sql).bind("page", PAGE).mapTo(String.class).one());
  }

  private static EventKey lastPageOfInbox(Room room) {
    String sql = "select channel, event_id from inbox order by id offset :page limit 1";
    return room.ledger()
        .withHandle(
            tx ->
                tx.createQuery(sql)
                    .bind("page", PAGE)
                    .map((row, context) -> new EventKey(row.getString(1), row.getString(2)))
                    .one());
  }

  private static void ofMetrics(Room room, Map<String, Runnable> lists) {
    lists.put("channel status, last hour", () -> room.get(ChannelFigures.class).lastHour());
    lists.put("channel status, in doubt", () -> room.get(ChannelFigures.class).inDoubt());
    lists.put("metrics, doubts resolved", () -> room.get(DoubtFigures.class).resolved());
    lists.put("metrics, refusals", () -> room.get(DoubtFigures.class).refused());
    lists.put("metrics, callbacks", () -> room.get(CallbackLags.class).lastHour());
    lists.put("metrics, probes", () -> room.get(ProbeFigures.class).all());
    lists.put("inbox, what is due", () -> room.get(Inbox.class).take(PAGE, Duration.ofMillis(1)));
    lists.put("doctor, inbox", () -> room.get(Inbox.class).backlog());
  }
}
