package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.client.FakeAftercare;
import dev.orderflow.client.FakeOrder;
import dev.orderflow.client.FakeRecall;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.NoWorkerException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderQuery;
import dev.orderflow.client.OrderSummary;
import dev.orderflow.client.Recovery;
import dev.orderflow.client.document.OrderReader;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client asks of the real Temporal, which the in-memory server can't answer. */
class OrderClientOnTemporalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Decision WHY = new Decision("op", Decision.Role.OPERATOR, "a test");

  @TempDir private static Path folder;
  private static LocalSystem system;
  private static WorkflowClient temporal;
  private static WorkerFactory workers;
  private static OrderClient orders;

  @BeforeAll
  static void start() throws Exception {
    Directory directory = new Directory(folder.toRealPath());
    system =
        LocalSystem.start(
            LocalOptions.throwAway(directory)
                .without(PartName.POSTGRES, PartName.SANDBOX, PartName.WORKER));
    ConnectionSettings settings =
        ConnectionSettings.usual().withConfigFile(system.addresses().temporalToml());
    temporal = settings.open();
    workers = WorkerFactory.newInstance(temporal);
    workers
        .newWorker(settings.taskQueue())
        .registerWorkflowImplementationTypes(
            FakeOrder.class, FakeAftercare.class, FakeRecall.class);
    workers.start();
    orders = OrderClient.connect(settings);
  }

  @AfterAll
  static void stop() {
    orders.close();
    workers.shutdownNow();
    workers.awaitTermination(5, TimeUnit.SECONDS);
    temporal.getWorkflowServiceStubs().shutdownNow();
    system.close();
  }

  @Test
  void aRefundedOrderIsListedOnceAndAsRefunded() {
    CustomerId ada = new CustomerId("ada");
    OrderId kept = placed("l-1", ada, "mug");
    OrderId refunded = placed("l-2", ada, "mug");
    orders.result(kept, PATIENCE);
    orders.result(refunded, PATIENCE);
    orders.cancel(refunded, WHY, PATIENCE);
    placed("l-3", new CustomerId("bob"), "mug");

    OrderQuery adas = OrderQuery.all().with(ada);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(ids(adas)).containsExactlyInAnyOrder(kept, refunded);
              assertThat(ids(adas.with(OrderStatus.COMPLETED))).containsExactly(kept);
              assertThat(ids(adas.with(OrderStatus.REFUNDED))).containsExactly(refunded);
            });
    assertThat(orders.list(adas))
        .allMatch(order -> order.progress() == OrderSummary.Progress.ENDED)
        .allMatch(order -> order.customer().orElseThrow().equals(ada));
  }

  @Test
  void orderAfterOrderIsListedPageByPage() {
    CustomerId eve = new CustomerId("eve");
    for (int i = 0; i < 60; i++) {
      placed("p-" + i, eve, "mug");
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(ids(OrderQuery.all().with(eve).with(OrderStatus.COMPLETED)))
                    .hasSize(60)
                    .doesNotHaveDuplicates());
    assertThat(orders.list(OrderQuery.all().with(eve)).limit(3)).hasSize(3);
  }

  @Test
  void anOrderWhoseWorkflowWasTerminatedIsFoundAndRecovered() {
    OrderId order = placed("t-1", new CustomerId("ada-2"), "wait");
    temporal.newUntypedWorkflowStub(order.value()).terminate("by mistake");
    await().atMost(PATIENCE).until(() -> brokenOff().equals(List.of(order)));

    assertThat(orders.recover(order)).isEqualTo(Recovery.STARTED);

    assertThat(orders.result(order, PATIENCE).status()).isEqualTo(OrderStatus.COMPLETED);
    await().atMost(PATIENCE).until(() -> brokenOff().isEmpty());
  }

  @Test
  void withoutAWorkerTheAnswerIsThatThereIsNone() {
    try (OrderClient lonely = OrderClient.over(temporal, "nobody")) {
      OrderId order =
          lonely.place(OrderReader.read(document("n-1", new CustomerId("c"), "mug"))).orderId();

      assertThatThrownBy(() -> lonely.show(order)).isInstanceOf(NoWorkerException.class);
      assertThatThrownBy(() -> lonely.cancel(order, WHY, PATIENCE))
          .isInstanceOf(NoWorkerException.class)
          .hasMessageStartingWith("no worker answers on task queue 'nobody'");
      assertThatThrownBy(() -> lonely.result(order, PATIENCE))
          .isInstanceOf(NoWorkerException.class);
      assertThatThrownBy(() -> lonely.show(new OrderId("ord-0000000000000000000v")))
          .as("it may be archived")
          .isInstanceOf(NoWorkerException.class);
    }
  }

  @Test
  void anOrderThatNeverWasIsNeitherShownNorCancelled() {
    OrderId unknown = new OrderId("ord-0000000000000000000v");

    assertThatThrownBy(() -> orders.cancel(unknown, WHY, PATIENCE))
        .isInstanceOf(NoSuchOrderException.class);
    assertThatThrownBy(() -> orders.show(unknown)).isInstanceOf(NoSuchOrderException.class);
  }

  @Test
  void anOrderThatNeverWasIsNotRecoveredAndLeavesNoneBehind() {
    OrderId unknown = FakeOrder.NEVER_PLACED;

    for (int time = 1; time <= 2; time++) {
      assertThatThrownBy(() -> orders.recover(unknown)).isInstanceOf(NoSuchOrderException.class);
    }

    assertThat(ids(OrderQuery.all())).doesNotContain(unknown);
    assertThat(orders.brokenOff().map(OrderSummary::orderId)).doesNotContain(unknown);
  }

  private static OrderId placed(String key, CustomerId customer, String article) {
    return orders.place(OrderReader.read(document(key, customer, article))).orderId();
  }

  private static List<OrderId> ids(OrderQuery query) {
    return orders.list(query).map(OrderSummary::orderId).toList();
  }

  private static List<OrderId> brokenOff() {
    return orders.brokenOff().map(OrderSummary::orderId).toList();
  }

  private static byte[] document(String key, CustomerId customer, String article) {
    return """
        {"key": "%s", "customer": "%s",
         "recipient": {"name": "Ada Example", "email": "ada@example.com"},
         "currency": "EUR", "lines": [{"article": "%s", "quantity": 1}],
         "payment": {"token": "approve"}}
        """
        .formatted(key, customer, article)
        .getBytes(StandardCharsets.UTF_8);
  }
}
