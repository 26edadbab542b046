package dev.orderflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void whatWouldMoveTheCursorIsNotShown() {
    assertThat(OneLine.of("Grüße\nstatus  COMPLETED\u001b[31m\u0001\u009b!"))
        .isEqualTo("Grüße status  COMPLETED [31m !");
  }
}
