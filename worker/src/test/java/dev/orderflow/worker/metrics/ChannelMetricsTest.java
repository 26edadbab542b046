package dev.orderflow.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.CallKind;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.DoubtFigures;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import dev.orderflow.worker.AcmeProvider;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a scrape says of the payment channels. */
class ChannelMetricsTest {
  private static final PaymentChannelProvider<AcmeProvider.Config> ACME = new AcmeProvider();

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PaymentChannel acme =
      ACME.open("acme", new AcmeProvider.Config(URI.create("http://acme"), null, null));

  private ChannelMetrics metrics(List<ChannelFigures.InDoubt> doubts) {
    ChannelFigures figures =
        new ChannelFigures(null) {
          @Override
          public List<InDoubt> inDoubt() {
            return doubts;
          }
        };
    DoubtFigures resolved =
        new DoubtFigures(null) {
          @Override
          public List<Resolved> resolved() {
            return List.of(
                new Resolved(
                    "acme",
                    4,
                    new ChannelFigures.Latency(
                        Duration.ofMillis(1_500), Duration.ofMinutes(1), Duration.ofMinutes(2))));
          }
        };
    return new ChannelMetrics(meters, Map.of("acme", acme), figures, resolved);
  }

  @Test
  void callsAreCountedByKindOutcomeAndClassOfError() {
    ChannelMetrics metrics = metrics(List.of());

    metrics.called(
        "acme",
        CallKind.CHARGE,
        Outcome.declined(new Reason("a provider's own word", "Declined.")),
        Duration.ofMillis(40));
    metrics.called(
        "acme",
        CallKind.FIND,
        Outcome.unknown(new Reason("NO_ANSWER", "Nothing.")),
        Duration.ofSeconds(2));
    metrics.called(
        "acme",
        CallKind.CHARGE,
        Outcome.declined(new Reason("insufficient_funds", "Not enough.")),
        Duration.ofMillis(40));
    metrics.called(
        "acme", CallKind.FIND, Outcome.unknown(new Reason("E-4711", "Hm.")), Duration.ofSeconds(2));

    String scraped = meters.scrape();
    assertThat(scraped)
        .contains(
            "orderflow_channel_calls_seconds_count{call=\"charge\",channel=\"acme\","
                + "error=\"declined\",outcome=\"declined\"} 1")
        .contains(
            "orderflow_channel_calls_seconds_bucket{call=\"charge\",channel=\"acme\","
                + "error=\"declined\",outcome=\"declined\",le=\"0.05\"} 1")
        .contains("call=\"find\",channel=\"acme\",error=\"no_answer\",outcome=\"unknown\"")
        .contains("call=\"find\",channel=\"acme\",error=\"other\",outcome=\"unknown\"")
        .contains("error=\"insufficient_funds\",outcome=\"declined\"")
        .doesNotContain("E-4711")
        .doesNotContain("own word");
  }

  @Test
  void whatIsInDoubtIsWhatTheLedgerSays() {
    metrics(
        List.of(
            new ChannelFigures.InDoubt("acme", 3, Optional.of(Duration.ofMinutes(2))),
            new ChannelFigures.InDoubt("gone", 1, Optional.empty())));

    assertThat(meters.scrape())
        .contains("orderflow_channel_in_doubt{channel=\"acme\"} 3.0")
        .contains("orderflow_channel_oldest_unknown_seconds{channel=\"acme\"} 120.0")
        .contains(
            "orderflow_channel_time_to_resolve_seconds{channel=\"acme\",quantile=\"0.5\"} 1.5")
        .contains(
            "orderflow_channel_time_to_resolve_seconds{channel=\"acme\",quantile=\"0.95\"} 60.0");
  }

  @Test
  void whereNothingIsInDoubtThatIsSaid() {
    metrics(List.of());

    assertThat(meters.scrape())
        .contains("orderflow_channel_in_doubt{channel=\"acme\"} 0.0")
        .contains("orderflow_channel_oldest_unknown_seconds{channel=\"acme\"} 0.0");
  }
}
