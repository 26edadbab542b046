package dev.orderflow.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker has room for. */
class TemporalConfigTest {

  private static TemporalConfig sizes(
      Integer ordersAtOnce, Integer ordersInMemory, Integer workflowTaskPollers) {
    return new TemporalConfig(null, null, null, ordersAtOnce, ordersInMemory, workflowTaskPollers);
  }

  @ParameterizedTest
  @CsvSource({"2, 400, 2", "24, 400, 3", "64, 400, 5", "400, 400, 5", "1000, 1000, 5"})
  void theOtherSizesFollowWhatIsCarriedAtATime(
      int ordersAtOnce, int ordersInMemory, int workflowTaskPollers) {
    TemporalConfig config = sizes(ordersAtOnce, null, null);

    assertThat(config.ordersInMemory()).isEqualTo(ordersInMemory);
    assertThat(config.workflowTaskPollers()).isEqualTo(workflowTaskPollers);
  }

  @Test
  void whateverIsCarriedAtATimeHasRoomInMemory() {
    assertThat(sizes(64, 64, null).ordersInMemory()).isEqualTo(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sizes(64, 63, null))
        .withMessage("orders-in-memory: 63 is not within 64 to 10000");
    assertThatIllegalArgumentException().isThrownBy(() -> sizes(64, 10_001, null));
  }

  @Test
  void questionsTakeAtMostHalfOfThePlaces() {
    assertThat(sizes(64, null, 32).workflowTaskPollers()).isEqualTo(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sizes(64, null, 33))
        .withMessage("workflow-task-pollers: 33 is not within 2 to 32");
    assertThatIllegalArgumentException().isThrownBy(() -> sizes(64, null, 1));
    assertThat(sizes(2, null, 2).workflowTaskPollers()).as("Temporal's least").isEqualTo(2);
  }
}
