package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many orders at once, paid in every way the sandbox knows, some of them cancelled, and a worker
 * that dies among them: what the provider took and gave back is, to the cent, what the ledger says.
 *
 * <p>{@code -Dcampaign.seed} draws the same orders again, {@code -Dcampaign.orders} more of them.
 */
@ExtendWith(SharedMachine.class)
class CampaignTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final long seed = Long.getLong("campaign.seed", System.nanoTime());
  private final int orders = Integer.getInteger("campaign.orders", 60);
  private final Machine machine;
  private final Books books;
  private final People people;

  CampaignTest(Machine machine) {
    this.machine = machine;
    this.books = machine.books();
    this.people = new People(machine);
  }

  @Test
  void whateverIsPaidHoweverTheBooksAgreeWithTheProvider() throws Exception {
    try {
      List<Purchase> purchases = Campaign.drawn(seed, orders);
      Map<Purchase, CancelReply> cancels = carryOut(purchases);
      mustAgree(purchases, cancels);
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError(
          "-Dcampaign.seed=%d -Dcampaign.orders=%d: %s"
              .formatted(seed, orders, failed.getMessage()),
          failed);
    }
  }

  private Map<Purchase, CancelReply> carryOut(List<Purchase> purchases) throws Exception {
    Path config = machine.configHearingCallbacks(Campaign.CONFIGURATION);
    List<Basket> baskets = People.baskets(purchases);
    CompletableFuture<Void> placed;
    machine.withoutWorker();
    try (WorkerProcess first = WorkerProcess.start(machine, config)) {
      placed = people.place(purchases);
      await()
          .atMost(PATIENCE.plusMillis(100L * orders))
          .until(() -> books.accepted(baskets) >= orders / 2);
      first.kill();
    }
    try (WorkerProcess next = WorkerProcess.start(machine, config)) {
      placed.join();
      people.decideWhatWaits(purchases);
      Map<Purchase, CancelReply> replies = people.answers();
      people.awaitClosed(purchases);
      awaitLateMoney(purchases);
      people.awaitClosed(purchases);
      books.awaitReported(baskets);
      return replies;
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
            .collect(Collectors.toMap(basket -> basket.id() + "/charge/1", basket -> basket));
    late.keySet().retainAll(keys(books.outside().waits()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(keys(books.outside().effects())).containsAll(late.keySet()));
    late.values()
        .forEach(
            basket ->
                await(basket.name())
                    .atMost(PATIENCE)
                    .until(() -> books.booked(basket).captured() >= paid(basket)));
  }

  private long paid(Basket basket) {
    return Account.Money.of(books.outside().effects(basket.id())).captured();
  }

  private static List<String> keys(List<Outside.Effect> effects) {
    return effects.stream().map(Outside.Effect::key).toList();
  }

  private void mustAgree(List<Purchase> purchases, Map<Purchase, CancelReply> cancels) {
    Map<String, List<Outside.Effect>> effects =
        books.outside().effects().stream().collect(Collectors.groupingBy(Outside.Effect::order));
    List<Outside.Transmission> mails = books.outside().mails();
    Map<OrderId, OrderStatus> statuses = books.statuses(People.baskets(purchases));
    SoftAssertions softly = new SoftAssertions();
    for (Purchase purchase : purchases) {
      Basket basket = purchase.basket();
      OrderStatus status = statuses.get(basket.id());
      Account account =
          books.account(basket, effects.getOrDefault(basket.id().value(), List.of()), mails);
      softly
          .assertThatCode(
              () -> {
                mustEndAsPromised(purchase, status, cancels.get(purchase));
                mustBeBooked(basket, account.money());
                kept(purchase, account).mustBeThatOf(basket, status, books.total(basket));
              })
          .as("%s is %s: %s, %s", purchase, status, account, books.operations(basket))
          .doesNotThrowAnyException();
    }
    softly.assertAll();
  }

  private static void mustEndAsPromised(
      Purchase purchase, OrderStatus status, CancelReply cancelled) {
    if (cancelled == null || cancelled.verdict() == CancelReply.Verdict.REFUSED) {
      assertThat(status).isIn(purchase.endings());
    } else {
      assertThat(cancelled.verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
      assertThat(status).isIn(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    }
    if (cancelled != null) {
      // Only what has ended unpaid can't be cancelled any more.
      assertThat(status).isNotEqualTo(OrderStatus.COMPLETED);
    }
  }

  private void mustBeBooked(Basket basket, Account.Money money) {
    assertThat(books.booked(basket))
        .isEqualTo(new Books.Booked(money.captured(), money.refunded(), money.refunded()));
  }

  private Account kept(Purchase purchase, Account account) {
    return purchase.isPerhapsPaidTwice() && account.money().payments() == 2
        ? account.withoutReturned(books.total(purchase.basket()))
        : account;
  }
}
