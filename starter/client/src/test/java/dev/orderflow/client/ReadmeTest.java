package dev.orderflow.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.client.document.OrderReader;
import dev.orderflow.workflows.order.CancelReply.Verdict;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payload.Payloads;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is true. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Path EXAMPLE = ROOT.resolve("docs/examples/order.json");

  @Test
  void theCodeItShowsIsTheCodeThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/orderflow/client/Checkout.java"))
            .split("shown there\\.\n")[1];

    String shown =
        Files.readString(ROOT.resolve("README.md")).split("```java\n")[1].split("```")[0];

    assertThat(shown).isEqualTo(source);
  }

  @Test
  void theCodeItShowsDoesWhatItSays() throws IOException {
    try (TestWorkflowEnvironment temporal = temporal();
        OrderClient orders = OrderClient.over(temporal.getWorkflowClient())) {
      Checkout checkout = new Checkout(orders);
      OrderDocument cart = OrderReader.read(Files.readAllBytes(EXAMPLE));

      assertThat(checkout.buy(cart)).isEqualTo(OrderStatus.COMPLETED);
      assertThat(checkout.buy(cart)).as("pressed twice").isEqualTo(OrderStatus.COMPLETED);
      assertThat(checkout.changedTheirMind(OrderId.ofKey(cart.key())).verdict())
          .isEqualTo(Verdict.CANCELLED);
    }
  }

  private static TestWorkflowEnvironment temporal() {
    TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .registerSearchAttribute("OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("CustomerId", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    "PaymentChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build())
                .build());
    temporal
        .newWorker(OrderAttributes.TASK_QUEUE)
        .registerWorkflowImplementationTypes(
            FakeOrder.class, FakeAftercare.class, FakeRecall.class);
    temporal.start();
    return temporal;
  }
}
