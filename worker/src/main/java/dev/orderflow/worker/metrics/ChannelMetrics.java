package dev.orderflow.worker.metrics;

import dev.orderflow.activities.payment.CallKind;
import dev.orderflow.activities.payment.CallMeter;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.ChannelFigures.InDoubt;
import dev.orderflow.activities.payment.DoubtFigures;
import dev.orderflow.activities.payment.DoubtFigures.Resolved;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.Remembered;
import dev.orderflow.workflows.saga.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The payment channels' figures: of this worker's calls {@code orderflow_channel_calls_seconds},
 * and from the ledger, so of all workers, {@code orderflow_channel_in_doubt}, {@code
 * orderflow_channel_oldest_unknown_seconds} and {@code orderflow_channel_time_to_resolve_seconds}.
 */
public final class ChannelMetrics implements CallMeter {

  /** What is in doubt is asked of the ledger no more often, however many scrape. */
  private static final Duration ASKED_EVERY = Duration.ofSeconds(10);

  private final MeterRegistry meters;
  private final Remembered<Map<String, InDoubt>> inDoubt;
  private final Remembered<Map<String, Resolved>> resolved;

  @Inject
  ChannelMetrics(
      MeterRegistry meters,
      Map<String, PaymentChannel> channels,
      ChannelFigures figures,
      DoubtFigures doubts) {
    this.meters = meters;
    this.inDoubt =
        new Remembered<>(
            ASKED_EVERY,
            () ->
                figures.inDoubt().stream()
                    .collect(Collectors.toMap(InDoubt::channel, Function.identity())));
    this.resolved =
        new Remembered<>(
            ASKED_EVERY,
            () ->
                doubts.resolved().stream()
                    .collect(Collectors.toMap(Resolved::channel, Function.identity())));
    channels.keySet().forEach(this::watch);
  }

  private void watch(String channel) {
    Gauge.builder("orderflow.channel.in.doubt", () -> of(channel, InDoubt::operations).orElse(0L))
        .description("Payments, captures, voids and refunds whose outcome is not known")
        .tag("channel", channel)
        .register(meters);
    Gauge.builder(
            "orderflow.channel.oldest.unknown",
            () ->
                of(channel, InDoubt::oldestUnknown)
                    .flatMap(Function.identity())
                    .map(Duration::toSeconds)
                    .orElse(0L))
        .description("How long the oldest of them has been unknown; 0 where none is")
        .baseUnit("seconds")
        .tag("channel", channel)
        .register(meters);
    timeToResolve(channel, "0.5", ChannelFigures.Latency::p50);
    timeToResolve(channel, "0.95", ChannelFigures.Latency::p95);
  }

  private void timeToResolve(
      String channel, String quantile, Function<ChannelFigures.Latency, Duration> of) {
    Gauge.builder(
            "orderflow.channel.time.to.resolve",
            () ->
                Optional.ofNullable(resolved.get().get(channel))
                    .map(each -> of.apply(each.took()).toMillis() / 1_000.0)
                    .orElse(0.0))
        .description("How long it took to know what was unknown at first, in the last day; 0: none")
        .baseUnit("seconds")
        .tag("channel", channel)
        .tag("quantile", quantile)
        .register(meters);
  }

  private <T> Optional<T> of(String channel, Function<InDoubt, T> figure) {
    return Optional.ofNullable(inDoubt.get().get(channel)).map(figure);
  }

  @Override
  public void called(String channel, CallKind kind, Outcome outcome, Duration took) {
    Latency.timer(
            "orderflow.channel.calls", "Calls to payment channels, those that a guard refused too")
        .tag("channel", channel)
        .tag("call", word(kind))
        .tag("outcome", word(outcome.state()))
        .tag("error", ErrorClass.of(outcome))
        .register(meters)
        .record(took);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
