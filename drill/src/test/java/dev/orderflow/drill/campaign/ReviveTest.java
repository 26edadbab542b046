package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.client.Recovery;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that are paid after their deadline, where the shop wants them to go on. */
@ExtendWith(SharedMachine.class)
class ReviveTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONFIGURATION =
      """
      payment.waiting.deadline = "2s"
      payment.waiting.ladder = ["1s"]
      payment.waiting.late = "revive"
      payment.waiting.revive-within = "1h"
      """;

  private final Machine machine;
  private final CampaignBooks books;
  private final People people;
  private final Counter counter;

  ReviveTest(Machine machine) {
    this.machine = machine;
    this.books = CampaignBooks.of(machine);
    this.people = new People(machine);
    this.counter = new Counter(machine);
  }

  /** Closed after two seconds, and paid some seconds later. */
  private static Purchase paidLate(String name) {
    return new Purchase(
        Basket.rich(name),
        new Purchase.Means("sandbox-wallet", "async-late:9000", Purchase.Promise.PAYS_LATE),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void itGoesOnWhereItsGoodsAreThereAndIsGivenBackWhereTheyWereSoldMeanwhile() throws Exception {
    Purchase goesOn = paidLate("revive-there");
    Purchase sold = paidLate("revive-sold");
    Path config = machine.configHearingCallbacks(CONFIGURATION);
    machine.withoutWorker();
    try (WorkerProcess worker = WorkerProcess.start(machine, config)) {
      people.place(List.of(goesOn, sold), () -> {}).join();
      books.awaitStatus(People.baskets(List.of(goesOn, sold)), OrderStatus.DECLINED);
      books.sellOut(sold.basket());

      books.awaitStatus(List.of(goesOn.basket()), OrderStatus.COMPLETED);
      books.awaitStatus(List.of(sold.basket()), OrderStatus.REJECTED);
      people.awaitClosed(List.of(goesOn, sold));
    }
    books.mustAgree(List.of(goesOn.basket()));
    assertThat(books.operations(goesOn.basket()))
        .contains("RESERVE 2 SUCCEEDED", "COMMIT 2 SUCCEEDED", "COMMIT 1 FENCED");
    mustHaveBeenGivenBack(sold.basket());
    mustShow(goesOn.basket(), OrderStatus.COMPLETED);
    mustShow(sold.basket(), OrderStatus.REJECTED);
  }

  /** Wherever it was when it died: between the decision and the order's next run, or after it. */
  @Test
  void aWorkerThatDiesWhenItIsDecidedLosesNothing() throws Exception {
    Purchase purchase = paidLate("revive-killed");
    Basket basket = purchase.basket();
    Path config = machine.configHearingCallbacks(CONFIGURATION);
    machine.withoutWorker();
    try (WorkerProcess first = WorkerProcess.start(machine, config)) {
      people.place(List.of(purchase), () -> {}).join();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> books.isRevived(basket));
      first.kill();
    }
    try (WorkerProcess next = WorkerProcess.start(machine, config)) {
      books.awaitStatus(List.of(basket), OrderStatus.COMPLETED);
      people.awaitClosed(List.of(purchase));
    }
    books.mustAgree(List.of(basket));
    assertThat(machine.orders().recover(basket.id())).isEqualTo(Recovery.NOTHING_TO_RECOVER);
  }

  private void mustHaveBeenGivenBack(Basket basket) {
    Account.Money money = Account.Money.of(books.outside().effects(basket.id()));
    assertThat(money.payments()).isEqualTo(1);
    assertThat(money.captured()).isEqualTo(books.total(basket));
    assertThat(money.refunded()).isEqualTo(money.captured());
    assertThat(
            books.outside().mails().stream()
                .map(Outside.Transmission::messageId)
                .filter(id -> id.contains(basket.id().value()))
                .distinct())
        .singleElement()
        .asString()
        .contains(".return-notice@");
  }

  private void mustShow(Basket basket, OrderStatus status) {
    OrderView view = machine.orders().show(basket.id());
    assertThat(view.status()).isEqualTo(status);
    assertThat(counter.isClosed(basket)).isTrue();
  }
}
