package dev.orderflow.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class UntakenReportsTest {

  @Test
  void whatIsDoneAgainAnywayIsNoNews() {
    assertThat(UntakenReports.weight(invalid("UnhandledCommand"))).isEqualTo(Level.DEBUG);
    assertThat(UntakenReports.weight(Status.UNAVAILABLE)).isEqualTo(Level.DEBUG);
  }

  @Test
  void whatMayKeepAnOrderFromGoingOnIsAWarning() {
    assertThat(UntakenReports.weight(invalid("BadSearchAttributes: OrderStatus")))
        .isEqualTo(Level.WARN);
    assertThat(UntakenReports.weight(Status.PERMISSION_DENIED)).isEqualTo(Level.WARN);
    assertThat(UntakenReports.weight(Status.NOT_FOUND)).isEqualTo(Level.WARN);
  }

  private static Status invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why);
  }
}
