package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.ChannelFigures.InDoubt;
import dev.orderflow.activities.payment.ChannelFigures.LastHour;
import dev.orderflow.activities.payment.ChannelFigures.Latency;
import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.activities.payment.ChannelSwitches;
import dev.orderflow.activities.payment.PaymentChannel;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that the ledger says of every channel, those of the configuration and those of the past. */
final class ChannelOverview {
  private final Map<String, PaymentChannel> configured;
  private final ChannelSwitches switches;
  private final ChannelFigures figures;

  @Inject
  ChannelOverview(
      Map<String, PaymentChannel> configured, ChannelSwitches switches, ChannelFigures figures) {
    this.configured = configured;
    this.switches = switches;
    this.figures = figures;
  }

  /**
   * One channel.
   *
   * @param succeeded of what began in the last hour; as the next ones
   * @param successRate 0 to 1
   * @param inDoubt whenever it began
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Row(
      String channel,
      ChannelState state,
      long succeeded,
      long declined,
      long notExecuted,
      long waiting,
      Optional<Double> successRate,
      Optional<Long> p50Millis,
      Optional<Long> p95Millis,
      Optional<Long> p99Millis,
      long inDoubt,
      Optional<Long> oldestUnknownSeconds) {}

  Set<String> configured() {
    return new TreeSet<>(configured.keySet());
  }

  void turn(String channel, ChannelState state) {
    switches.set(channel, state);
  }

  List<Row> rows() {
    Map<String, ChannelState> states = switches.all();
    Map<String, LastHour> hours = byName(figures.lastHour(), LastHour::channel);
    Map<String, InDoubt> doubts = byName(figures.inDoubt(), InDoubt::channel);
    Set<String> names = new TreeSet<>(configured.keySet());
    names.addAll(hours.keySet());
    names.addAll(doubts.keySet());
    return names.stream()
        .map(
            name ->
                row(
                    name,
                    states.getOrDefault(name, ChannelState.OPEN),
                    Optional.ofNullable(hours.get(name)),
                    Optional.ofNullable(doubts.get(name))))
        .toList();
  }

  private static <T> Map<String, T> byName(List<T> rows, Function<T, String> name) {
    return rows.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  private static Row row(
      String name, ChannelState state, Optional<LastHour> hour, Optional<InDoubt> doubt) {
    Optional<Latency> latency = hour.flatMap(LastHour::latency);
    return new Row(
        name,
        state,
        hour.map(LastHour::succeeded).orElse(0L),
        hour.map(LastHour::declined).orElse(0L),
        hour.map(LastHour::notExecuted).orElse(0L),
        hour.map(LastHour::waiting).orElse(0L),
        hour.flatMap(LastHour::successRate),
        latency.map(Latency::p50).map(Duration::toMillis),
        latency.map(Latency::p95).map(Duration::toMillis),
        latency.map(Latency::p99).map(Duration::toMillis),
        doubt.map(InDoubt::operations).orElse(0L),
        doubt.flatMap(InDoubt::oldestUnknown).map(Duration::toSeconds));
  }
}
