package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.client.NoWorkerException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderKeyConflictException;
import dev.orderflow.client.OrderQuery;
import dev.orderflow.client.OrderSummary;
import dev.orderflow.client.Placed;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The client against the real server. */
@ExtendWith(SharedMachine.class)
class ClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Machine machine;
  private final OrderClient orders;
  private final CampaignBooks books;
  private final Counter counter;

  ClientTest(Machine machine) {
    this.machine = machine;
    this.orders = machine.orders();
    this.books = CampaignBooks.of(machine);
    this.counter = new Counter(machine);
  }

  @BeforeEach
  void someoneWorks() throws Exception {
    machine.worker();
  }

  @Test
  void anOrderIsListedOnceByItsNewestStatusAndItsCustomer() {
    Basket completed = Basket.plain("listed-completed");
    Basket refunded = Basket.plain("listed-refunded");
    Basket declined = Basket.plain("listed-declined").paidBy("decline:card_declined");
    Basket held = Basket.dear("listed-held");
    Map<Basket, OrderStatus> all =
        Map.of(
            completed, OrderStatus.COMPLETED,
            refunded, OrderStatus.REFUNDED,
            declined, OrderStatus.DECLINED,
            held, OrderStatus.ON_HOLD);
    counter.place(all.keySet());
    counter.awaitClosed(List.of(completed, refunded, declined));
    assertThat(counter.cancel(refunded).join().status()).isEqualTo(OrderStatus.REFUNDED);
    counter.awaitClosed(List.of(refunded));

    all.forEach(
        (basket, status) -> {
          awaitListed(OrderQuery.all().with(status), basket, status);
          OrderQuery ofCustomer = OrderQuery.all().with(basket.customer());
          awaitListed(ofCustomer, basket, status);
          assertThat(listed(ofCustomer)).containsOnlyKeys(basket.id());
          awaitListed(ofCustomer.with(status), basket, status);
          assertThat(orders.show(basket.id()).status()).isEqualTo(status);
        });
    assertThat(listed(OrderQuery.all().with(OrderStatus.COMPLETED)))
        .doesNotContainKey(refunded.id());
    orders.cancel(held.id(), Counter.CUSTOMER, PATIENCE);
    books.mustAgree(all.keySet());
  }

  private void awaitListed(OrderQuery query, Basket basket, OrderStatus status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(listed(query)).containsEntry(basket.id(), status));
  }

  /** Fails where one is listed twice. */
  private Map<OrderId, OrderStatus> listed(OrderQuery query) {
    try (Stream<OrderSummary> found = orders.list(query)) {
      return found.collect(Collectors.toMap(OrderSummary::orderId, OrderSummary::status));
    }
  }

  @Test
  void aKeyStandsForOneDocument() {
    Basket basket = Basket.plain("key");
    counter.place(List.of(basket));

    assertThat(orders.place(basket.document()))
        .isEqualTo(new Placed(basket.id(), Placed.Novelty.EXISTING));
    assertThatThrownBy(() -> orders.place(basket.paidBy("slow:1").document()))
        .isInstanceOf(OrderKeyConflictException.class);
    counter.awaitClosed(List.of(basket));
    assertThat(orders.place(basket.document()).novelty()).isEqualTo(Placed.Novelty.EXISTING);
    assertThatThrownBy(() -> orders.place(basket.paidBy("slow:1").document()))
        .isInstanceOf(OrderKeyConflictException.class);
    books.mustAgree(List.of(basket));
  }

  @Test
  void thatNobodyWorksIsSaidWithinTheDeadline() {
    Basket basket = Basket.plain("nobody");
    try (OrderClient nobodys = OrderClient.over(machine.temporal(), "nobodys-orders")) {
      nobodys.place(basket.document());

      assertThatThrownBy(() -> nobodys.cancel(basket.id(), Counter.CUSTOMER, Duration.ofSeconds(1)))
          .isInstanceOf(NoWorkerException.class)
          .hasMessageContaining("nobodys-orders");
      assertThatThrownBy(() -> nobodys.result(basket.id(), Duration.ofSeconds(1)))
          .isInstanceOf(NoWorkerException.class);
    } finally {
      counter.workflow(basket).terminate("nobody works for it");
    }
  }

  @Test
  void theResultIsThereWhileTheMailIsInTrouble() {
    Basket basket = Basket.plain("mail-in-trouble").toldAt("defer-99+somebody");
    counter.place(List.of(basket));

    assertThat(orders.result(basket.id(), PATIENCE).status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(counter.isClosed(basket)).isFalse();
    counter.workflow(basket).terminate("its mail will never be taken");
  }

  @Test
  void threeHundredOrdersAreCarriedAtOnce() {
    List<Basket> many = IntStream.range(0, 300).mapToObj(i -> Basket.plain("many-" + i)).toList();
    counter.place(many);
    counter.awaitClosed(many);

    assertThat(books.statuses(many).values()).containsOnly(OrderStatus.COMPLETED);
    books.mustAgree(many);
  }
}
