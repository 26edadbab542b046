package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders already wait for their customers on a channel that an operator drains or stops. */
@ExtendWith(SharedMachine.class)
class SwitchedChannelTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger PROBES = new AtomicInteger();
  private static final String WALLET = "sandbox-wallet";

  private final Machine machine;
  private final CampaignBooks books;
  private final Counter counter;

  SwitchedChannelTest(Machine machine) {
    this.machine = machine;
    this.books = CampaignBooks.of(machine);
    this.counter = new Counter(machine);
  }

  @AfterEach
  void open() throws Exception {
    turn("open");
  }

  @Test
  void aDrainedOneSettlesWhatWaitsForItsCustomer() throws Exception {
    Basket paid = Basket.rich("drained-paid");
    Basket changed = Basket.rich("drained-changed");
    machine.withoutWorker();
    try (WorkerProcess worker = WorkerProcess.start(machine, waiting(Duration.ofMinutes(2)))) {
      URI page = awaited(paid);
      awaited(changed);
      turn("drain");
      awaitObeyed();

      books.outside().pay(page);
      // Not on this channel any more, but on another one.
      counter.payOtherwise(changed, new PaymentChoice(Optional.of("sandbox"), "approve")).join();
      counter.awaitClosed(List.of(paid, changed));

      assertThat(books.status(paid)).isEqualTo(OrderStatus.COMPLETED);
      assertThat(books.status(changed)).isEqualTo(OrderStatus.COMPLETED);
      books.mustAgree(List.of(paid, changed));
    }
  }

  @Test
  void oneThatIsSwitchedOffLosesNothingAndGoesOnWhenItIsOpenedAgain() throws Exception {
    Basket paid = Basket.rich("off-paid");
    Basket unpaid = Basket.rich("off-unpaid");
    machine.withoutWorker();
    try (WorkerProcess worker = WorkerProcess.start(machine, waiting(Duration.ofSeconds(15)))) {
      URI page = awaited(paid);
      awaited(unpaid);
      turn("off");
      awaitObeyed();
      books.outside().pay(page);

      // The deadline is over and they were to be closed, which nobody can do now.
      await().atMost(PATIENCE).until(() -> isClosing(paid) && isClosing(unpaid));
      assertThat(books.statuses(List.of(paid, unpaid)).values())
          .noneMatch(status -> status.isEnded() || status == OrderStatus.COMPENSATING);
      turn("open");
      counter.awaitClosed(List.of(paid, unpaid));

      assertThat(books.status(paid)).isEqualTo(OrderStatus.COMPLETED);
      assertThat(books.status(unpaid)).isEqualTo(OrderStatus.DECLINED);
      books.mustAgree(List.of(paid, unpaid));
    }
  }

  private Path waiting(Duration deadline) throws IOException {
    return machine.configHearingCallbacks(
        """
        payment.waiting.deadline = "%ds"
        payment.waiting.ladder = ["1s"]
        """
            .formatted(deadline.toSeconds()));
  }

  /** Places an order that waits for its customer, on this page. */
  private URI awaited(Basket basket) {
    place(basket, "async-never");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> machine.orders().show(basket.id()).nextAction().isPresent());
    return ((NextAction.Redirect) machine.orders().show(basket.id()).nextAction().orElseThrow())
        .url();
  }

  private void place(Basket basket, String token) {
    OrderDocument usual = basket.document();
    books.stock(List.of(basket));
    machine
        .orders()
        .place(
            new OrderDocument(
                usual.key(),
                usual.customer(),
                usual.recipient(),
                usual.currency(),
                usual.lines(),
                usual.coupon(),
                new OrderDocument.Payment(Optional.of(WALLET), token),
                usual.total()));
  }

  /** The question goes on in durable attempts, which Temporal shows. */
  private boolean isClosing(Basket basket) {
    return counter
        .workflow(basket)
        .describe()
        .getRawDescription()
        .getPendingActivitiesList()
        .stream()
        .anyMatch(activity -> activity.getActivityType().getName().equals("Payment.Close"));
  }

  private void turn(String word) throws Exception {
    assertThat(Cli.run(machine, "channel", word, WALLET, "--config", machine.config().toString()))
        .satisfies(said -> assertThat(said.code()).as(said.err()).isZero());
  }

  /** An order that would be paid there is not taken any more. */
  private void awaitObeyed() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Basket probe = Basket.plain("probe-" + PROBES.incrementAndGet());
              place(probe, "approve");
              counter.awaitClosed(List.of(probe));
              return books.status(probe) == OrderStatus.REJECTED;
            });
  }
}
