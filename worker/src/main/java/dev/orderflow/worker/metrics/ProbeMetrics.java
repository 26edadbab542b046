package dev.orderflow.worker.metrics;

import dev.orderflow.activities.payment.Remembered;
import dev.orderflow.activities.probe.ProbeConfig;
import dev.orderflow.activities.probe.ProbeFigures;
import dev.orderflow.activities.probe.ProbeFigures.Figure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the probes have shown, from the ledger, so of all workers. */
public final class ProbeMetrics {

  /** The ledger is asked no more often, however many scrape. */
  private static final Duration ASKED_EVERY = Duration.ofSeconds(5);

  private final MeterRegistry meters;
  private final Remembered<Map<String, Figure>> figures;
  private final long since = System.nanoTime();

  /** Watches the channels that the configuration probes. */
  @Inject
  ProbeMetrics(MeterRegistry meters, Optional<ProbeConfig> config, ProbeFigures figures) {
    this.meters = meters;
    this.figures =
        new Remembered<>(
            ASKED_EVERY,
            () ->
                figures.all().stream()
                    .collect(Collectors.toMap(Figure::channel, Function.identity())));
    config.ifPresent(probe -> probe.channels().forEach(target -> watch(target.name())));
  }

  private void watch(String channel) {
    Gauge.builder("orderflow.probe.last.success", () -> age(channel).toMillis() / 1_000.0)
        .description("How long ago a probe paid and refunded; where none has, since the first")
        .baseUnit("seconds")
        .tag("channel", channel)
        .register(meters);
    Gauge.builder(
            "orderflow.probe.duration",
            () -> of(channel).flatMap(Figure::took).map(t -> t.toMillis() / 1_000.0).orElse(0.0))
        .description("How long the order of the last one that did took to be completed")
        .baseUnit("seconds")
        .tag("channel", channel)
        .register(meters);
    runs(channel, "succeeded", Figure::succeeded);
    runs(channel, "failed", Figure::failed);
  }

  private void runs(String channel, String outcome, Function<Figure, Long> count) {
    Gauge.builder("orderflow.probe.runs", () -> of(channel).map(count).orElse(0L))
        .description("Probes of the last 24 hours")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(meters);
  }

  private Duration age(String channel) {
    return of(channel)
        .map(figure -> figure.sinceSuccess().orElse(figure.watched()))
        .orElseGet(() -> Duration.ofNanos(System.nanoTime() - since));
  }

  private Optional<Figure> of(String channel) {
    return Optional.ofNullable(figures.get().get(channel));
  }
}
