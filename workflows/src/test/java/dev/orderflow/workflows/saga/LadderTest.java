package dev.orderflow.workflows.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LadderTest {

  private final ActivityOptions message = Ladder.MESSAGE.durable("mail");

  @Test
  void aCustomerWhoseWorkerDiedMeanwhileIsToldWithinTwoMinutes() {
    Duration noticed = message.getStartToCloseTimeout();
    assertThat(noticed.plus(message.getRetryOptions().getInitialInterval()))
        .isLessThanOrEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aMailServerThatIsDownForTwoDaysIsAskedSomeTwentyTimes() {
    RetryOptions retry = message.getRetryOptions();
    Duration end = message.getScheduleToCloseTimeout();
    int attempts = 0;
    double pause = retry.getInitialInterval().toSeconds();
    for (double at = 0; at < end.toSeconds(); at += pause, pause *= retry.getBackoffCoefficient()) {
      attempts++;
      pause = Math.min(pause, retry.getMaximumInterval().toSeconds());
    }
    assertThat(end).isEqualTo(Duration.ofDays(2));
    assertThat(attempts).isBetween(18, 22);
  }
}
