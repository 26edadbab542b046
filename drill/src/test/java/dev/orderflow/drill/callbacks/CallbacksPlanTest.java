package dev.orderflow.drill.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What can't be sent is refused by the option's name. */
class CallbacksPlanTest {

  private static CallbacksPlan plan(int rate, int copies, int orders) {
    return new CallbacksPlan(
        rate, copies, Duration.ofSeconds(60), Duration.ofSeconds(5), 2, orders, 1);
  }

  @Test
  void noCopiesAreNoPlan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(500, 0, 1))
        .withMessage("--copies: 0 is below 1");
  }

  @Test
  void aRateThatNoMachineHasRoomForIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(2_000_000_000, 10, 1))
        .withMessageContaining("--rate: 2000000000");
  }

  @Test
  void thereAreNoMoreOrdersThanEvents() {
    assertThat(plan(500, 10, Integer.MAX_VALUE).orders()).isEqualTo(3_250);
    assertThat(plan(500, 10, 7).orders()).isEqualTo(7);
  }

  @Test
  void eventsAboutNoOrdersAreNoPlan() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(500, 10, 0))
        .withMessage("--orders: 0 is below 1");
  }
}
