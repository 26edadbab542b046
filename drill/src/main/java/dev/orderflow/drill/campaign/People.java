package dev.orderflow.drill.campaign;

import static org.awaitility.Awaitility.await;

import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.NoWorkerException;
import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.PaymentChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The customers of a campaign, and the operator who decides what waits. */
final class People {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final int AT_ONCE = 8;

  private final Machine machine;
  private final Counter counter;
  private final Map<Purchase, CompletableFuture<CancelReply>> cancels = new ConcurrentHashMap<>();
  private final Collection<CompletableFuture<?>> payments = new ConcurrentLinkedQueue<>();

  People(Machine machine) {
    this.machine = machine;
    this.counter = new Counter(machine);
  }

  /**
   * Places them, a few at a time, while their customers already pay otherwise and cancel.
   *
   * @param accepted told of each that a worker has begun with
   */
  CompletableFuture<Void> place(List<Purchase> purchases, Runnable accepted) {
    CampaignBooks.of(machine).stock(baskets(purchases));
    return CompletableFuture.runAsync(
        () ->
            machine
                .orders()
                .placeAll(
                    purchases.iterator(),
                    Purchase::document,
                    AT_ONCE,
                    new PlaceListener<>() {
                      @Override
                      public void placed(Purchase purchase, Placed placed) {
                        awaitAccepted(purchase.basket());
                        accepted.run();
                        mindTheirChange(purchase);
                      }

                      @Override
                      public void refused(Purchase purchase, RuntimeException why) {
                        throw why;
                      }
                    }),
        Counter.THREADS);
  }

  /** No more are placed than are worked at, or all would be cancelled before they are paid. */
  private void awaitAccepted(Basket basket) {
    await(basket.name())
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .atMost(PATIENCE)
        .until(() -> CampaignBooks.of(machine).status(basket) != null);
  }

  private void mindTheirChange(Purchase purchase) {
    purchase
        .other()
        .map(means -> new PaymentChoice(Optional.of(means.channel()), means.token()))
        .ifPresent(choice -> payments.add(counter.payOtherwise(purchase.basket(), choice)));
    purchase
        .cancelled()
        .ifPresent(
            after ->
                cancels.put(
                    purchase,
                    CompletableFuture.supplyAsync(
                            () -> counter.cancel(purchase.basket()),
                            CompletableFuture.delayedExecutor(
                                after.toMillis(), TimeUnit.MILLISECONDS))
                        .thenCompose(reply -> reply)));
  }

  /** Decides about every dear order that comes to wait, until none is left that could. */
  CompletableFuture<Void> decideWhatWaits(List<Purchase> purchases) {
    List<Purchase> left =
        new ArrayList<>(purchases.stream().filter(p -> p.decision().isPresent()).toList());
    return CompletableFuture.runAsync(
        () ->
            await()
                .forever()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> left.isEmpty() || areDecided(left)),
        Counter.THREADS);
  }

  private boolean areDecided(List<Purchase> left) {
    Map<OrderId, OrderStatus> statuses = CampaignBooks.of(machine).statuses(baskets(left));
    left.removeIf(purchase -> isDecided(purchase, statuses.get(purchase.basket().id())));
    return left.isEmpty();
  }

  private boolean isDecided(Purchase purchase, OrderStatus status) {
    return status != null
        && (status.isEnded() || (status == OrderStatus.ON_HOLD && decide(purchase)));
  }

  /** Where no worker answers just now, it is asked again. */
  private boolean decide(Purchase purchase) {
    try {
      if (machine.orders().show(purchase.basket().id()).review().isEmpty()) {
        return false;
      }
      // Where a cancel overtakes it, the decision is refused, and how the order ended says enough.
      counter.decide(purchase.basket(), purchase.decision().orElseThrow());
      return true;
    } catch (NoWorkerException | DeadlineException | NoSuchElementException e) {
      return false;
    }
  }

  /** Waits until each who asked has an answer, and returns those about cancels. */
  Map<Purchase, CancelReply> answers() {
    payments.forEach(CompletableFuture::join);
    Map<Purchase, CancelReply> replies = new ConcurrentHashMap<>();
    cancels.forEach((purchase, reply) -> replies.put(purchase, reply.join()));
    return replies;
  }

  void awaitClosed(List<Purchase> purchases) {
    counter.awaitClosed(baskets(purchases));
  }

  static List<Basket> baskets(List<Purchase> purchases) {
    return purchases.stream().map(Purchase::basket).toList();
  }
}
