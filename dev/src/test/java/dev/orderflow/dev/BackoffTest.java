package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void waitsDoubleUpToTenSeconds() {
    var backoff = new Backoff();

    var waits =
        IntStream.range(0, 8).mapToObj(i -> backoff.after(Duration.ZERO).toMillis()).toList();

    assertThat(waits).containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10000L, 10000L);
  }

  @Test
  void aMinuteOfHealthIsForgiven() {
    var backoff = new Backoff();
    IntStream.range(0, 5).forEach(i -> backoff.after(Duration.ofSeconds(59)));

    assertThat(backoff.after(Duration.ofSeconds(60))).isEqualTo(Backoff.FIRST);
  }
}
