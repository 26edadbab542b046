package dev.orderflow.dev.demo;

import static dev.orderflow.dev.demo.Shop.ANNIVERSARY_CUP;
import static dev.orderflow.dev.demo.Shop.BEANS;
import static dev.orderflow.dev.demo.Shop.ESPRESSO_MACHINE;
import static dev.orderflow.dev.demo.Shop.GRINDER;
import static dev.orderflow.dev.demo.Shop.PARCEL;
import static dev.orderflow.dev.demo.Shop.WELCOME;
import static dev.orderflow.workflows.order.OrderStatus.AWAITING_PAYMENT;
import static dev.orderflow.workflows.order.OrderStatus.CANCELLED;
import static dev.orderflow.workflows.order.OrderStatus.COMPLETED;
import static dev.orderflow.workflows.order.OrderStatus.DECLINED;
import static dev.orderflow.workflows.order.OrderStatus.IN_REVIEW;
import static dev.orderflow.workflows.order.OrderStatus.ON_HOLD;
import static dev.orderflow.workflows.order.OrderStatus.REFUNDED;
import static dev.orderflow.workflows.order.OrderStatus.REJECTED;

import dev.orderflow.dev.demo.Act.AwaitCharge;
import dev.orderflow.dev.demo.Act.AwaitChargeback;
import dev.orderflow.dev.demo.Act.AwaitCompletion;
import dev.orderflow.dev.demo.Act.AwaitDeclined;
import dev.orderflow.dev.demo.Act.AwaitRefund;
import dev.orderflow.dev.demo.Act.AwaitRequest;
import dev.orderflow.dev.demo.Act.AwaitStatus;
import dev.orderflow.dev.demo.Act.Cancel;
import dev.orderflow.dev.demo.Act.Decide;
import dev.orderflow.dev.demo.Act.KillWorker;
import dev.orderflow.dev.demo.Act.Pause;
import dev.orderflow.dev.demo.Act.Pay;
import dev.orderflow.dev.demo.Act.Refund;
import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.saga.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The orders of the demo, as a story. */
final class Scenarios {

  /** Each alone, because what it costs is measured. */
  static final List<Scenario> MEASURED =
      List.of(
          Scenario.named("healthy")
              .tells("Paid, handed over, confirmed by mail: one workflow task.")
              .buys(2, BEANS)
              .buys(1, PARCEL)
              .ends(COMPLETED)
              .owes("EUR 42.70")
              .costsAtMost(new Budget(1, 12, 9)),
          Scenario.named("coupon")
              .tells("A tenth off by coupon; a new coupon granted as a reward.")
              .buys(1, GRINDER)
              .buys(1, BEANS)
              .redeems(WELCOME)
              .ends(COMPLETED)
              .owes("EUR 97.20")
              .costsAtMost(new Budget(1, 15, 13)));

  /** What goes wrong in a shop on an ordinary day, all at the same time. */
  static final List<Scenario> SIDE_BY_SIDE =
      List.of(
          Scenario.named("declined")
              .tells("The card had no funds: the reserved stock went back.")
              .buys(3, BEANS)
              .pays("decline:insufficient_funds")
              .ends(DECLINED),
          Scenario.named("out-of-stock")
              .tells("Two wanted, one there: rejected before anyone was charged.")
              .buys(2, ANNIVERSARY_CUP)
              .ends(REJECTED),
          Scenario.named("bad-coupon")
              .tells("No such coupon: rejected before anything was reserved.")
              .buys(1, BEANS)
              .redeems("WELCOME99")
              .ends(REJECTED),
          Scenario.named("provider-down-then-up")
              .tells("Provider out of reach for 5 s: tried until it was back.")
              .buys(1, BEANS)
              .pays("unreachable:5000")
              .ends(COMPLETED)
              .owes("EUR 18.90")
              .takesTheDurableWay(),
          Scenario.named("cancel-while-charging")
              .tells("Cancelled while being charged: the money was given back.")
              .buys(1, GRINDER)
              .pays("slow:1500")
              .then(
                  new AwaitRequest(Step.CHARGE),
                  new Pause(Duration.ofMillis(300)),
                  new Cancel("changed their mind"))
              .ends(CANCELLED, REFUNDED),
          Scenario.named("cancelled-on-hold")
              .tells("Cancelled while held for approval: authorization voided.")
              .buys(1, ESPRESSO_MACHINE)
              .then(new AwaitStatus(ON_HOLD), new Cancel("found it cheaper"))
              .ends(CANCELLED),
          Scenario.named("cancelled-after-completion")
              .tells("Cancelled after completion: refunded, restocked, mailed.")
              .buys(2, GRINDER)
              .then(new AwaitCompletion(), new Cancel("does not like it"))
              .ends(REFUNDED),
          Scenario.named("partial-refund")
              .tells("One of two pieces refunded: its share went back, no more.")
              .buys(2, BEANS)
              .then(new AwaitCompletion(), new Refund(1, 1, "one bag was torn"))
              .ends(COMPLETED)
              .owes("EUR 18.90"),
          Scenario.named("failover")
              .tells("One channel certainly did not charge: another one did.")
              .buys(4, BEANS)
              .pays("error_before:3")
              .ends(COMPLETED)
              .owes("EUR 75.60"),
          Scenario.named("async-callback")
              .tells("Paid by wallet a moment later: the callback told of it.")
              .buys(1, BEANS)
              .paysByWallet("async:500")
              .ends(COMPLETED)
              .owes("EUR 18.90"),
          Scenario.named("callback-lost")
              .tells("The callback was lost: the provider was asked, and knew.")
              .buys(1, BEANS)
              .paysByWallet("async-silent:500")
              .ends(COMPLETED)
              .owes("EUR 18.90"),
          Scenario.named("second-attempt")
              .tells("Declined by the wallet, paid at the second attempt.")
              .buys(1, GRINDER)
              .paysByWallet("async-decline:300")
              .then(new AwaitDeclined(), new Pay("async:300"))
              .ends(COMPLETED)
              .owes("EUR 89.10"),
          Scenario.named("paid-twice")
              .tells("Paid by both attempts: the first to arrive was kept.")
              .buys(1, BEANS)
              .paysByWallet("async-late:20000")
              .then(new AwaitStatus(AWAITING_PAYMENT), new Pay("async:300"), new AwaitRefund())
              .ends(COMPLETED)
              .owes("EUR 18.90"),
          Scenario.named("paid-after-deadline")
              .tells("Paid when the order was over: the money was given back.")
              .buys(1, BEANS)
              .paysByWallet("async-late:" + Shop.PAYMENT_DEADLINE.plusSeconds(3).toMillis())
              .then(new AwaitRefund())
              .ends(DECLINED),
          Scenario.named("chargeback")
              .tells("The bank took the money of a finished order back: a case.")
              .buys(1, BEANS)
              .pays("dispute:15000")
              .then(new AwaitCompletion(), new AwaitChargeback())
              .ends(COMPLETED)
              .owes("EUR 18.90"),
          Scenario.named("stuck-undo")
              .tells("Refund refused at first: an operator had it tried again.")
              .buys(1, BEANS)
              .pays("approve,refuse_undo:1")
              .then(
                  new AwaitCompletion(),
                  new Cancel("ordered twice"),
                  new AwaitStatus(IN_REVIEW),
                  new Decide(Choice.RETRY, "the provider says that it works again"))
              .ends(REFUNDED));

  /** Alone and at the end, because it kills the one worker that all orders need. */
  static final List<Scenario> LAST =
      List.of(
          Scenario.named("worker-killed")
              .tells("Worker killed after the charge: the next one finished.")
              .buys(1, BEANS)
              .buys(1, PARCEL)
              .pays("slow_after:1500")
              .then(new AwaitCharge(), new KillWorker())
              .ends(COMPLETED)
              .owes("EUR 23.80"));

  private Scenarios() {}

  static List<Scenario> all() {
    return Stream.of(MEASURED, SIDE_BY_SIDE, LAST).flatMap(List::stream).toList();
  }
}
