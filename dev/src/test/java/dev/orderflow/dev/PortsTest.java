package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final Ports USUAL = PortChoice.usual().decide(Optional.empty());

  @Test
  void nothingSaidGivesTheUsualPorts() {
    assertThat(USUAL.numbers())
        .isEqualTo(
            Map.of(
                Port.TEMPORAL, 7233,
                Port.TEMPORAL_UI, 8233,
                Port.POSTGRES, 5433,
                Port.SANDBOX, 8888,
                Port.SMTP, 2525,
                Port.WORKER, 8081,
                Port.GATEWAY, 8089));
  }

  @Test
  void anOffsetMovesAllThatIsNotNamed() {
    var choice = new PortChoice(Map.of(Port.SMTP, 26), new PortChoice.Otherwise.Usual(100));

    Ports ports = choice.decide(Optional.of(USUAL));

    assertThat(ports.of(Port.TEMPORAL)).isEqualTo(7333);
    assertThat(ports.of(Port.SMTP)).isEqualTo(26);
  }

  @Test
  void onePortForTwoIsRefused() {
    var choice = new PortChoice(Map.of(Port.SMTP, 8888), new PortChoice.Otherwise.Usual(0));

    assertThatThrownBy(() -> choice.decide(Optional.empty()))
        .hasMessageContaining("--port-sandbox and --port-smtp are both 8888");
  }

  @Test
  void aNumberThatIsNoPortIsRefused() {
    var choice = new PortChoice(Map.of(Port.SMTP, 70_000), new PortChoice.Otherwise.Usual(0));

    assertThatThrownBy(() -> choice.decide(Optional.empty()))
        .hasMessageContaining("--port-smtp is 70000");
  }
}
