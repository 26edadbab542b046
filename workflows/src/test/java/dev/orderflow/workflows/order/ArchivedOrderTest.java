package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of an archived order only how it ended is known, and nothing is done for it. */
class ArchivedOrderTest {

  private static final Archived SINCE =
      new Archived(Instant.parse("2024-05-06T07:08:09Z"), Instant.parse("2026-01-02T03:04:05Z"));

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder order;
  private int charges;

  @BeforeEach
  void archive() {
    order = shop.order(Basket.rich("archived")).place();
    order.ends(OrderStatus.COMPLETED);
    charges = order.attempts(Call.CHARGE);
    shop.ledger().archive(order.id(), SINCE);
  }

  private OrderView ending() {
    return OrderView.archived(order.id(), OrderStatus.COMPLETED, Optional.empty(), SINCE);
  }

  @Test
  void placedAgainItEndsAtOnceAsItHadEnded() {
    OrderView again = order.place().result().join();

    assertThat(again).isEqualTo(ending());
    assertThat(order.recover().result().join()).isEqualTo(ending());
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(charges);
  }

  @Test
  void theLedgerIsAskedForItWithoutTouchingItsRun() {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(order.id().recall())
            .setTaskQueue(OrderAttributes.TASK_QUEUE)
            .build();
    WorkflowStub recall = shop.client().newUntypedWorkflowStub("Recall", options);
    recall.start(order.id());
    shop.watch(order.id().recall());

    assertThat(recall.getResult(Recollection.class).archived()).contains(ending());
    assertThat(order.workflow().getResult(OrderView.class).archived()).isEmpty();
  }

  @Test
  void aReportAboutItIsServedByNothing() {
    TestAftercare after = new TestAftercare(shop, order.id());

    after.reported();

    assertThat(after.result()).isEqualTo(ending());
  }

  @Test
  void whoeverWishesSomethingIsToldSo() {
    TestAftercare after = new TestAftercare(shop, order.id());

    assertThat(TestOrder.refusal(after.cancel())).contains(OrderWorkflow.ARCHIVED);
  }
}
