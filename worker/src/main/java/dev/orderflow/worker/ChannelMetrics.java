package dev.orderflow.worker;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallKind;
import dev.orderflow.activities.payment.CallMeter;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.ChannelFigures.InDoubt;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.Remembered;
import dev.orderflow.workflows.saga.Reason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The payment channels' figures: of this worker's calls {@code orderflow_channel_calls_seconds},
 * and from the ledger, so of all workers, {@code orderflow_channel_in_doubt} and {@code
 * orderflow_channel_oldest_unknown_seconds}.
 */
final class ChannelMetrics implements CallMeter {

  /** What is in doubt is asked of the ledger no more often, however many scrape. */
  private static final Duration ASKED_EVERY = Duration.ofSeconds(10);

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  /** Codes that are ours: a provider's own are without number, and make no series of their own. */
  private static final Set<String> KNOWN =
      Set.of(
          "CHANNEL_OPEN",
          "CHANNEL_BUSY",
          "CHANNEL_DRAINED",
          "CHANNEL_OFF",
          "UNREACHABLE",
          "NO_ANSWER",
          "NO_TIME_LEFT",
          "KEY_REUSED",
          "UNAUTHORIZED",
          "IN_FLIGHT",
          "MALFORMED_ANSWER",
          "AWAITING_CUSTOMER");

  private final MeterRegistry meters;
  private final Remembered<Map<String, InDoubt>> inDoubt;

  @Inject
  ChannelMetrics(
      MeterRegistry meters, Map<String, PaymentChannel> channels, ChannelFigures figures) {
    this.meters = meters;
    this.inDoubt =
        new Remembered<>(
            ASKED_EVERY,
            () ->
                figures.inDoubt().stream()
                    .collect(Collectors.toMap(InDoubt::channel, Function.identity())));
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
  }

  private <T> Optional<T> of(String channel, Function<InDoubt, T> figure) {
    return Optional.ofNullable(inDoubt.get().get(channel)).map(figure);
  }

  @Override
  public void called(String channel, CallKind kind, Answer answer, Duration took) {
    Timer.builder("orderflow.channel.calls")
        .description("Calls to payment channels, those that a guard refused too")
        .tag("channel", channel)
        .tag("call", word(kind))
        .tag("outcome", word(answer.outcome().state()))
        .tag("error", error(answer))
        .serviceLevelObjectives(BUCKETS)
        .register(meters)
        .record(took);
  }

  private static String error(Answer answer) {
    return switch (answer.outcome().state()) {
      case SUCCEEDED -> "none";
      case DECLINED -> "declined";
      case NOT_EXECUTED, PENDING, UNKNOWN ->
          answer
              .outcome()
              .reason()
              .map(Reason::code)
              .filter(KNOWN::contains)
              .map(code -> code.toLowerCase(Locale.ROOT))
              .orElse("other");
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
