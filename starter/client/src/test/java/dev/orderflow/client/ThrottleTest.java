package dev.orderflow.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final Duration SOON = Duration.ofMillis(20);

  private final Throttle throttle = new Throttle(16);

  @Test
  void aServiceThatIsSlowIsGivenHalfAsManyAndMoreAgainWhenItIsNot() {
    throttle.answered(throttle.narrowed(), Throttle.SLOW);
    assertThat(throttle.allowed()).isEqualTo(8);

    for (int i = 0; i < 8; i++) {
      throttle.answered(throttle.narrowed(), SOON);
    }
    assertThat(throttle.allowed()).isEqualTo(9);
    for (int i = 0; i < 1_000; i++) {
      throttle.answered(throttle.narrowed(), SOON);
    }
    assertThat(throttle.allowed()).isEqualTo(16);
  }

  @Test
  void whatWasAskedAtTheSameTimeSaysItOnce() {
    int before = throttle.narrowed();

    assertThat(throttle.narrow(before)).isTrue();
    assertThat(throttle.narrow(before)).isFalse();
    throttle.answered(before, Throttle.SLOW);
    assertThat(throttle.allowed()).isEqualTo(8);
  }

  @Test
  void thereIsAlwaysRoomForOne() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      throttle.narrow(throttle.narrowed());
    }

    assertThat(throttle.allowed()).isEqualTo(1);
    throttle.enter();
    throttle.leave();
  }
}
