package dev.orderflow.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker has room for. */
class TemporalConfigTest {

  private static TemporalConfig sizes(
      Integer ordersAtOnce, Integer ordersInMemory, Integer pollers) {
    return new TemporalConfig(null, null, null, ordersAtOnce, ordersInMemory, pollers);
  }

  @ParameterizedTest
  @CsvSource({"2, 400, 2", "24, 400, 3", "64, 400, 5", "400, 400, 5", "1000, 1000, 5"})
  void whateverIsCarriedAtATimeHasRoomAndFewOfThePlacesAreHeldByQuestions(
      int ordersAtOnce, int ordersInMemory, int pollers) {
    TemporalConfig config = sizes(ordersAtOnce, null, null);

    assertThat(config.ordersInMemory()).isEqualTo(ordersInMemory);
    assertThat(config.pollers()).isEqualTo(pollers);
  }

  @Test
  void fewerInMemoryThanAreCarriedAtATimeAreRefused() {
    assertThat(sizes(64, 64, null).ordersInMemory()).isEqualTo(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sizes(64, 63, null))
        .withMessage("orders-in-memory: 63 is not within 64 to 100000");
  }

  @Test
  void onePollerIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sizes(64, null, 1))
        .withMessage("pollers: 1 is not within 2 to 100");
  }
}
