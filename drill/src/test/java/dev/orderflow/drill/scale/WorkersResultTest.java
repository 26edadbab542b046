package dev.orderflow.drill.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a second worker is said to have helped. */
class WorkersResultTest {

  @Test
  void twoThatAreFasterThanOneThatDidNothingProveNothing() {
    WorkersResult result = result(phase(0), phase(200));

    assertThat(result.passed()).isFalse();
    assertThat(result.factor()).isZero();
  }

  @Test
  void twoThatAreTwiceAsFastAsOnePass() {
    assertThat(result(phase(100), phase(200)).passed()).isTrue();
    assertThat(result(phase(100), phase(150)).passed()).isFalse();
  }

  private static WorkersResult.Phase phase(int orders) {
    return new WorkersResult.Phase(orders, orders / 10.0, 1, 1, 50);
  }

  private static WorkersResult result(WorkersResult.Phase alone, WorkersResult.Phase together) {
    WorkersPlan plan =
        new WorkersPlan(6, Duration.ofMillis(500), Duration.ZERO, Duration.ofSeconds(10));
    return WorkersResult.of(plan, alone, together, List.of(50L, 50L), 0, new double[] {1, 1});
  }
}
