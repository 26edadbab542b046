package dev.orderflow.worker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.activities.payment.PaymentConfig;
import dev.orderflow.activities.payment.RouteConfig;
import dev.orderflow.worker.check.Finding.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No order is paid where the only channel is closed, however well it answers. */
class SwitchChecksTest {

  private static final Map<String, ChannelState> STATES =
      Map.of(
          "sandbox", ChannelState.DRAINED, "wallet", ChannelState.OFF, "bank", ChannelState.OPEN);

  @Test
  void theDefaultChannelIsMissedWhereNoRouteLeadsElsewhere() {
    List<Finding> findings = SwitchChecks.of(PaymentConfig.defaults(), STATES);

    assertThat(findings)
        .extracting(Finding::subject, Finding::verdict)
        .containsExactly(
            tuple("channel sandbox", Verdict.MISSING), tuple("channel wallet", Verdict.WARNING));
    assertThat(findings.get(0).remedy()).contains("orderflow channel open sandbox --config FILE");
  }

  @Test
  void withRoutesItIsAWarning() {
    RouteConfig elsewhere =
        new RouteConfig(
            null, null, null, null, null, null, List.of(new RouteConfig.Share("bank", 1)));
    PaymentConfig routed = new PaymentConfig(null, null, null, null, List.of(elsewhere), null);

    assertThat(SwitchChecks.of(routed, STATES))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.WARNING);
  }
}
