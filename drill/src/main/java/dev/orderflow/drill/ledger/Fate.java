package dev.orderflow.drill.ledger;

import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;

/** What becomes of a seeded order, and of how many in a thousand. */
enum Fate {
  COMPLETED(640) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = Walk.of(room, key, Walk.articles(1), Optional.empty());
      walk.complete(walk.accept());
      return walk;
    }
  },
  REWARDED(250) {
    @Override
    Walk live(Room room, String key) {
      return rewarded(room, key);
    }
  },
  REFUNDED(30) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = rewarded(room, key);
      walk.takeBack(OrderStatus.REFUNDED);
      return walk;
    }
  },
  REFUNDED_IN_PART(9) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = rewarded(room, key);
      walk.refund("EUR 5.00");
      return walk;
    }
  },
  DECLINED(40) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = Walk.paidBy(room, key, Walk.articles(1), Optional.empty(), Bank.DECLINED);
      OrderPlan plan = walk.accept();
      walk.hold(plan);
      walk.charge(plan);
      walk.takeBack(OrderStatus.DECLINED);
      return walk;
    }
  },
  OUT_OF_STOCK(10) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = Walk.of(room, key, List.of("sold-out"), Optional.empty());
      walk.hold(walk.accept());
      walk.takeBack(OrderStatus.REJECTED);
      return walk;
    }
  },
  DISPUTE_WON(9) {
    @Override
    Walk live(Room room, String key) {
      return disputed(room, key, DisputeState.WON);
    }
  },
  DISPUTED(1) {
    @Override
    Walk live(Room room, String key) {
      return disputed(room, key, DisputeState.OPEN);
    }
  },
  REVIEWED(10) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = Walk.of(room, key, Walk.articles(1), Optional.empty());
      OrderPlan plan = walk.accept();
      walk.decide(walk.review());
      walk.complete(plan);
      return walk;
    }
  },
  IN_REVIEW(1) {
    @Override
    Walk live(Room room, String key) {
      Walk walk = Walk.of(room, key, Walk.articles(1), Optional.empty());
      walk.hold(walk.accept());
      walk.review();
      report(room, walk.order(), "odd").ifPresent(event -> park(room, event));
      return walk;
    }
  };

  private final int perMille;

  Fate(int perMille) {
    this.perMille = perMille;
  }

  /** How many of a thousand orders have it. */
  int share(Mix mix) {
    if (mix == Mix.SHOP) {
      return perMille;
    }
    return this == IN_REVIEW ? 60 : 104;
  }

  /** Which fates there are how many of. */
  enum Mix {
    /** As in a shop. */
    SHOP,
    /** About as many of each, so that there is much of everything; people decide most of it. */
    EVEN
  }

  /** An order that has it, placed under that key of the client. */
  abstract Walk live(Room room, String key);

  /** The client's key of the one that the others are copied from. */
  String key() {
    return "pattern-" + name().toLowerCase(Locale.ROOT);
  }

  /** Two articles, with a coupon and a reward, and what the provider told by itself. */
  private static Walk rewarded(Room room, String key) {
    Walk walk = Walk.of(room, key, Walk.articles(2), Optional.of(Room.COUPON));
    walk.complete(walk.accept());
    report(room, walk.order(), "paid").ifPresent(event -> deliver(room, event, walk.order()));
    return walk;
  }

  private static Walk disputed(Room room, String key, DisputeState state) {
    Walk walk = rewarded(room, key);
    room.bank.dispute(walk.order().value(), Money.parse("EUR 10.00"), state);
    walk.observe();
    return walk;
  }

  private static Optional<Received> report(Room room, OrderId order, String type) {
    Inbox inbox = room.get(Inbox.class);
    inbox.store(
        new Hint(
            Bank.NAME,
            "evt-" + order,
            "charge." + type,
            Optional.empty(),
            Optional.of(order.value()),
            Instant.now()));
    return inbox.take(10, Duration.ofMinutes(1)).stream()
        .filter(event -> event.hint().merchantReference().equals(Optional.of(order.value())))
        .findFirst();
  }

  private static void deliver(Room room, Received event, OrderId order) {
    room.get(Inbox.class).delivered(event, order);
  }

  private static void park(Room room, Received event) {
    room.get(Inbox.class)
        .park(event, new Reason("UNREADABLE", "nobody understands it"), Optional.empty());
  }
}
