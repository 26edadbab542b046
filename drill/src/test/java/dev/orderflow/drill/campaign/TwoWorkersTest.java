package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two workers share the orders, and neither knows whether the other still lives. */
@ExtendWith(SharedMachine.class)
class TwoWorkersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Machine machine;
  private final CampaignBooks books;
  private final Counter counter;

  TwoWorkersTest(Machine machine) {
    this.machine = machine;
    this.books = CampaignBooks.of(machine);
    this.counter = new Counter(machine);
  }

  @Test
  void theyDoTheSameOrdersAtOnceAndNothingTwice() throws Exception {
    List<Basket> fine =
        Stream.of("approve", "slow:300", "error_before:2", "error_after:2", "slow_after:2500")
            .flatMap(token -> several("two-" + token.replaceAll("\\W", "-"), token))
            .toList();
    List<Basket> declined = several("two-declined", "decline:card_declined").toList();
    List<Basket> all = Fate.all(fine, declined);

    machine.worker();
    try (WorkerProcess other = WorkerProcess.start(machine)) {
      counter.place(all);
      counter.awaitClosed(all);
    }

    assertThat(books.statuses(fine).values()).containsOnly(OrderStatus.COMPLETED);
    assertThat(books.statuses(declined).values()).containsOnly(OrderStatus.DECLINED);
    books.mustAgree(all);
  }

  private static Stream<Basket> several(String name, String token) {
    return IntStream.range(0, 3).mapToObj(i -> Basket.rich(name + "-" + i).paidBy(token));
  }

  @Test
  void oneThatWasStoppedLongerThanAnythingWaitsDoesNoHarmWhenItGoesOn() throws Exception {
    List<Basket> charged =
        IntStream.range(0, 3)
            .mapToObj(i -> Basket.rich("stopped-" + i).paidBy("slow:1500"))
            .toList();
    List<Basket> cancelled =
        IntStream.range(0, 3)
            .mapToObj(i -> Basket.rich("stopped-cancelled-" + i).paidBy("slow:1500"))
            .toList();
    List<Basket> all = Fate.all(charged, cancelled);
    machine.withoutWorker();
    try (WorkerProcess stopped = WorkerProcess.start(machine)) {
      Basket first = Basket.rich("stopped-first");
      counter.place(List.of(first));
      counter.awaitClosed(List.of(first));
      counter.place(all);
      for (Basket basket : all) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(
                () ->
                    books.outside().isAtWorkOn(basket.key(Step.CHARGE))
                        || !books.outside().effects(basket.id()).isEmpty());
      }
      stopped.pause();
      cancelled.forEach(counter::cancel);
      machine.worker();
      counter.awaitClosed(all);
      machine.withoutWorker();
      stopped.resume();
      // By then it has told what it had still to tell.
      Basket last = Basket.rich("stopped-last");
      counter.place(List.of(last));
      counter.awaitClosed(List.of(last));
    }

    assertThat(books.statuses(charged).values()).containsOnly(OrderStatus.COMPLETED);
    assertThat(books.statuses(cancelled).values())
        .isSubsetOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    books.mustAgree(all);
  }
}
