package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A worker dies, by {@code kill -9}, in the middle of many orders: in each of them at another
 * moment. The next worker brings them all to the right end, and nothing was done twice.
 */
@ExtendWith(SharedMachine.class)
class CrashTest {

  private final Machine machine;
  private final CampaignBooks books;
  private final Counter counter;

  CrashTest(Machine machine) {
    this.machine = machine;
    this.books = CampaignBooks.of(machine);
    this.counter = new Counter(machine);
  }

  private static final String[] IN_OUR_DATABASE = {
    "accept", "coupon-hold", "reserve", "commit", "coupon-redeem", "grant"
  };

  /** Every moment of an order on its way to completion. */
  private record Forward(List<Fate> unattended, List<Fate> approved, List<Fate> mailed) {

    static Forward of(String test, List<Fate> inOurDatabase) {
      return new Forward(
          Fate.all(
              inOurDatabase,
              Fate.outside(Basket::rich, test, "charge"),
              Fate.outside(Basket::dear, test, "authorize")),
          Fate.outside(Basket::dear, test, "capture"),
          Fate.outside(Basket::rich, test, "confirm"));
    }

    List<Fate> all() {
      return Fate.all(unattended, approved, mailed);
    }
  }

  @Test
  void everyOrderEndsAsItWouldHave() throws Exception {
    Forward forward = Forward.of("dies", Fate.within(Basket::rich, "dies", IN_OUR_DATABASE));
    List<Fate> cancelled =
        Fate.all(
            Fate.outside(Basket::dear, "dies-cancelled", "void"),
            Fate.within(Basket::dear, "dies-cancelled", "begin-undo", "release", "end"));
    List<Fate> all = Fate.all(forward.all(), cancelled);
    List<CompletableFuture<CancelReply>> replies = new ArrayList<>();

    machine.withoutWorker();
    try (DoomedWorker worker = DoomedWorker.start(machine, Fate.points(all))) {
      warmUp("dies");
      placeAndAwait(Fate.all(forward.approved(), cancelled), OrderStatus.ON_HOLD);
      counter.place(Fate.baskets(forward.unattended()));
      Fate.baskets(forward.approved()).forEach(counter::approve);
      Fate.baskets(cancelled).forEach(basket -> replies.add(counter.cancel(basket)));
      worker.awaitReached(Fate.points(Fate.all(forward.unattended(), cancelled)));
      worker.awaitReached(Fate.points(forward.approved()));
      // Last, for a mail that is not sent at once waits for minutes.
      counter.place(Fate.baskets(forward.mailed()));
      worker.awaitReached(Fate.points(forward.mailed()));
      worker.kill();
    }
    // The dear ones whose worker died while they were authorized wait for approval after it.
    List<Basket> authorized =
        Fate.baskets(forward.unattended()).stream()
            .filter(basket -> basket.price().equals(Basket.dear("any").price()))
            .toList();
    machine.worker();
    books.awaitStatus(authorized, OrderStatus.ON_HOLD);
    authorized.forEach(counter::approve);
    counter.awaitClosed(Fate.baskets(all));

    assertThat(books.statuses(Fate.baskets(forward.all())).values())
        .containsOnly(OrderStatus.COMPLETED);
    assertThat(books.statuses(Fate.baskets(cancelled)).values())
        .containsOnly(OrderStatus.CANCELLED);
    assertThat(replies)
        .allSatisfy(
            reply -> assertThat(reply.join().verdict()).isEqualTo(CancelReply.Verdict.CANCELLED));
    books.mustAgree(Fate.baskets(all));
  }

  @Test
  void anOrderThatIsCancelledBeforeTheNextWorkerComesIsTakenBack() throws Exception {
    Forward forward =
        Forward.of("cancelled", Fate.around(Basket::rich, "cancelled", IN_OUR_DATABASE));
    List<Fate> refunded =
        Fate.all(
            Fate.outside(Basket::rich, "cancelled-late", "refund"),
            Fate.within(Basket::rich, "cancelled-late", "restock", "revoke", "coupon-release"));
    List<Fate> corrected = Fate.outside(Basket::rich, "cancelled-late", "correct");
    // Their own workflow still tries to send the confirmation, so it takes them back itself.
    List<Fate> untold =
        Fate.within(name -> Basket.rich(name).toldAt("defer-4+" + name), "cancelled-untold", "end");
    List<Fate> late = Fate.all(refunded, corrected, untold);
    List<Fate> all = Fate.all(forward.all(), late);
    Map<Basket, CompletableFuture<CancelReply>> replies = new LinkedHashMap<>();

    machine.withoutWorker();
    try (DoomedWorker worker = DoomedWorker.start(machine, Fate.points(all))) {
      warmUp("cancelled");
      placeAndAwait(late, OrderStatus.COMPLETED);
      placeAndAwait(forward.approved(), OrderStatus.ON_HOLD);
      counter.awaitClosed(Fate.baskets(Fate.all(refunded, corrected)));
      counter.place(Fate.baskets(forward.unattended()));
      Fate.baskets(forward.approved()).forEach(counter::approve);
      Fate.baskets(Fate.all(refunded, untold))
          .forEach(basket -> replies.put(basket, counter.cancel(basket)));
      worker.awaitReached(
          Fate.points(Fate.all(forward.unattended(), forward.approved(), refunded, untold)));
      counter.place(Fate.baskets(forward.mailed()));
      Fate.baskets(corrected).forEach(basket -> replies.put(basket, counter.cancel(basket)));
      worker.awaitReached(Fate.points(Fate.all(forward.mailed(), corrected)));
      cancelInBothWays(Fate.baskets(forward.all()), replies);
      worker.kill();
    }
    machine.worker();
    counter.awaitClosed(Fate.baskets(all));

    assertThat(books.statuses(Fate.baskets(forward.all())).values())
        .containsOnly(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    assertThat(books.statuses(Fate.baskets(late)).values()).containsOnly(OrderStatus.REFUNDED);
    replies.forEach(
        (basket, reply) ->
            assertThat(reply.join().status()).as(basket.name()).isEqualTo(books.status(basket)));
    books.mustAgree(Fate.baskets(all));
  }

  /** Half of them by the customer's wish, half by Temporal's own cancel. */
  private void cancelInBothWays(
      List<Basket> baskets, Map<Basket, CompletableFuture<CancelReply>> replies) {
    List<CompletableFuture<Void>> requested = new ArrayList<>();
    for (int i = 0; i < baskets.size(); i++) {
      Basket basket = baskets.get(i);
      // Each step in both ways, and not always the same moment in the same way.
      if ((i + i / 2) % 2 == 0) {
        replies.put(basket, counter.cancel(basket));
      } else {
        requested.add(counter.cancelInTemporal(basket));
      }
    }
    requested.forEach(CompletableFuture::join);
  }

  /** The first order of a process takes seconds, which would be missing from the others' budget. */
  private void warmUp(String test) {
    List<Basket> first = List.of(Basket.rich(test + "-first"), Basket.rich(test + "-second"));
    counter.place(first);
    counter.awaitClosed(first);
  }

  private void placeAndAwait(List<Fate> fates, OrderStatus status) {
    counter.place(Fate.baskets(fates));
    books.awaitStatus(Fate.baskets(fates), status);
  }
}
