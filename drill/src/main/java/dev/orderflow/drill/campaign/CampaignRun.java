package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** A campaign from its first order to the comparison of the books. */
final class CampaignRun {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Machine machine;
  private final Wish wish;
  private final Witness witness;
  private final CampaignBooks books;
  private final People people;

  /**
   * What is played.
   *
   * @param kills of the worker, spread evenly over the orders
   */
  record Wish(long seed, int orders, int kills) {}

  /** Who is told how far it has come. */
  interface Witness {

    Witness NOBODY = (stage, done) -> {};

    /**
     * A stage has begun.
     *
     * @param done how many of the orders are through with it
     */
    void begins(String stage, IntSupplier done);
  }

  CampaignRun(Machine machine, Wish wish, Witness witness) {
    this.machine = machine;
    this.wish = wish;
    this.witness = witness;
    this.books = CampaignBooks.of(machine);
    this.people = new People(machine);
  }

  /**
   * Plays it to its end.
   *
   * @throws org.awaitility.core.ConditionTimeoutException when something does not come
   */
  CampaignResult carryOut() throws Exception {
    List<Purchase> purchases = Campaign.drawn(wish.seed(), wish.orders());
    Map<Purchase, CancelReply> cancels = play(purchases);
    witness.begins("Comparing the books", () -> 0);
    return new Comparison(books, purchases, cancels).result(wish);
  }

  private Map<Purchase, CancelReply> play(List<Purchase> purchases) throws Exception {
    Path config = machine.configHearingCallbacks(Campaign.CONFIGURATION);
    List<Basket> baskets = People.baskets(purchases);
    machine.withoutWorker();
    WorkerProcess worker = WorkerProcess.start(machine, config);
    try {
      var accepted = new AtomicInteger();
      CompletableFuture<Void> placed = people.place(purchases, accepted::incrementAndGet);
      CompletableFuture<Void> decided = people.decideWhatWaits(purchases);
      witness.begins("Playing the orders", accepted::get);
      for (int kill = 1; kill <= wish.kills(); kill++) {
        awaitAccepted(placed, accepted::get, wish.orders() * kill / (wish.kills() + 1));
        worker.kill();
        worker.close();
        worker = WorkerProcess.start(machine, config);
      }
      placed.join();
      witness.begins("Waiting for the last orders to end", () -> 0);
      decided.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Map<Purchase, CancelReply> replies = people.answers();
      people.awaitClosed(purchases);
      awaitLateMoney(purchases);
      people.awaitClosed(purchases);
      books.awaitReported(baskets);
      return replies;
    } finally {
      worker.close();
    }
  }

  /** What went wrong with the placing is told at once. */
  private static void awaitAccepted(
      CompletableFuture<Void> placed, IntSupplier accepted, int wanted) throws Exception {
    while (accepted.getAsInt() < wanted && !placed.isDone()) {
      try {
        placed.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // looked at again
      }
    }
  }

  /**
   * What is paid late is paid whatever was done; then the ledger hears of it, and gives it back.
   */
  private void awaitLateMoney(List<Purchase> purchases) {
    Map<String, Basket> late =
        purchases.stream()
            .filter(Purchase::paysLate)
            .map(Purchase::basket)
            .collect(Collectors.toMap(CampaignRun::charge, basket -> basket));
    late.keySet().retainAll(keys(books.outside().waits()));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(keys(books.outside().effects())).containsAll(late.keySet()));
    Map<String, List<Outside.Effect>> effects =
        books.outside().effects().stream().collect(Collectors.groupingBy(Outside.Effect::order));
    late.values()
        .forEach(
            basket -> {
              long paid = Account.Money.of(effects.get(basket.id().value())).captured();
              await(basket.name())
                  .pollDelay(Duration.ZERO)
                  .atMost(PATIENCE)
                  .until(() -> books.booked(basket).captured() >= paid);
            });
  }

  private static String charge(Basket basket) {
    return new StepKey(basket.id(), Step.CHARGE, 1).toString();
  }

  private static List<String> keys(List<Outside.Effect> effects) {
    return effects.stream().map(Outside.Effect::key).toList();
  }
}
