package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.inbox.CallbackLags;
import dev.orderflow.activities.inbox.CallbackLags.Lag;
import dev.orderflow.activities.payment.ChannelFigures;
import dev.orderflow.activities.payment.ChannelFigures.InDoubt;
import dev.orderflow.activities.payment.ChannelFigures.LastHour;
import dev.orderflow.activities.payment.ChannelFigures.Latency;
import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.activities.payment.ChannelSwitches;
import dev.orderflow.activities.payment.DoubtFigures;
import dev.orderflow.activities.payment.DoubtFigures.Refused;
import dev.orderflow.activities.payment.DoubtFigures.Resolved;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.probe.ProbeFigures;
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
  private final DoubtFigures doubts;
  private final CallbackLags lags;
  private final ProbeFigures probes;

  @Inject
  ChannelOverview(
      Map<String, PaymentChannel> configured,
      ChannelSwitches switches,
      ChannelFigures figures,
      DoubtFigures doubts,
      CallbackLags lags,
      ProbeFigures probes) {
    this.configured = configured;
    this.switches = switches;
    this.figures = figures;
    this.doubts = doubts;
    this.lags = lags;
    this.probes = probes;
  }

  /**
   * One channel.
   *
   * @param succeeded of what began in the last hour; as the next ones
   * @param declined by the customer's bank, or by the customer
   * @param failed not answered by the provider, or nothing certain
   * @param waiting for the customer
   * @param closed by us, while it waited or was in doubt; no failure
   * @param notSent because of our own switch, limit or guard; no failure
   * @param answeredRate the provider's answers, of those and {@code failed}; 0 to 1
   * @param p50Millis from a call until the provider answered it, with all repetitions
   * @param customerP50Millis how long customers took from then on
   * @param inDoubt whenever it began
   * @param resolved what was unknown at first, in the last day, and is known now
   * @param callbacks that were delivered in the last hour
   * @param callbackReceivedP95Millis from the provider's time until we had it
   * @param callbackDeliveredP95Millis from the provider's time until its order knew
   * @param probe absent where none has ended
   * @param errors why calls of the last hour did not succeed, the most frequent first
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Row(
      String channel,
      ChannelState state,
      long succeeded,
      long declined,
      long failed,
      long waiting,
      long closed,
      long notSent,
      Optional<Double> answeredRate,
      Optional<Long> p50Millis,
      Optional<Long> p95Millis,
      Optional<Long> p99Millis,
      Optional<Long> customerP50Millis,
      Optional<Long> customerP95Millis,
      long inDoubt,
      Optional<Long> oldestUnknownSeconds,
      long resolved,
      Optional<Long> timeToResolveP50Millis,
      Optional<Long> timeToResolveP95Millis,
      long callbacks,
      Optional<Long> callbackReceivedP95Millis,
      Optional<Long> callbackDeliveredP95Millis,
      List<Error> errors,
      Optional<Probe> probe) {}

  /**
   * What the probes have shown.
   *
   * @param last SUCCEEDED or FAILED, with its reason
   * @param succeeded in the last 24 hours, as the next one
   * @param sinceSuccessSeconds since the last one that paid and refunded
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Probe(
      String last,
      Optional<String> reason,
      long succeeded,
      long failed,
      Optional<Long> sinceSuccessSeconds,
      Optional<Long> tookMillis) {

    static Probe of(ProbeFigures.Figure figure) {
      return new Probe(
          figure.last(),
          figure.reason(),
          figure.succeeded(),
          figure.failed(),
          figure.sinceSuccess().map(Duration::toSeconds),
          figure.took().map(Duration::toMillis));
    }
  }

  /** A reason, and how often it was given. */
  record Error(String code, long count) {}

  private static final int MOST_ERRORS = 5;

  Map<String, PaymentChannel> configured() {
    return configured;
  }

  void turn(String channel, ChannelState state) {
    switches.set(channel, state);
  }

  List<Row> rows() {
    Map<String, ChannelState> states = switches.all();
    Map<String, LastHour> hours = byName(figures.lastHour(), LastHour::channel);
    Map<String, InDoubt> inDoubt = byName(figures.inDoubt(), InDoubt::channel);
    Map<String, Resolved> resolved = byName(doubts.resolved(), Resolved::channel);
    Map<String, Lag> callbacks = byName(lags.lastHour(), Lag::channel);
    Map<String, ProbeFigures.Figure> probed = byName(probes.all(), ProbeFigures.Figure::channel);
    Map<String, List<Error>> errors = errors();
    Set<String> names = new TreeSet<>(configured.keySet());
    List.of(hours, inDoubt, resolved, callbacks, probed, errors)
        .forEach(each -> names.addAll(each.keySet()));
    return names.stream()
        .map(
            name ->
                row(
                    name,
                    states.getOrDefault(name, ChannelState.OPEN),
                    Optional.ofNullable(hours.get(name)),
                    Optional.ofNullable(inDoubt.get(name)),
                    Optional.ofNullable(resolved.get(name)),
                    Optional.ofNullable(callbacks.get(name)),
                    errors.getOrDefault(name, List.of()),
                    Optional.ofNullable(probed.get(name)).map(Probe::of)))
        .toList();
  }

  private Map<String, List<Error>> errors() {
    return doubts.refused().stream()
        .collect(
            Collectors.groupingBy(
                Refused::channel,
                Collectors.mapping(
                    refused -> new Error(refused.code(), refused.operations()),
                    Collectors.collectingAndThen(
                        Collectors.toList(),
                        all -> all.subList(0, Math.min(all.size(), MOST_ERRORS))))));
  }

  private static <T> Map<String, T> byName(List<T> rows, Function<T, String> name) {
    return rows.stream().collect(Collectors.toMap(name, Function.identity()));
  }

  private static Row row(
      String name,
      ChannelState state,
      Optional<LastHour> hour,
      Optional<InDoubt> doubt,
      Optional<Resolved> resolved,
      Optional<Lag> callbacks,
      List<Error> errors,
      Optional<Probe> probe) {
    Optional<Latency> latency = hour.flatMap(LastHour::latency);
    Optional<Latency> customer = hour.flatMap(LastHour::customer);
    Optional<Latency> took = resolved.map(Resolved::took);
    return new Row(
        name,
        state,
        hour.map(LastHour::succeeded).orElse(0L),
        hour.map(LastHour::declined).orElse(0L),
        hour.map(LastHour::failed).orElse(0L),
        hour.map(LastHour::waiting).orElse(0L),
        hour.map(LastHour::closed).orElse(0L),
        hour.map(LastHour::notSent).orElse(0L),
        hour.flatMap(LastHour::answeredRate),
        latency.map(Latency::p50).map(Duration::toMillis),
        latency.map(Latency::p95).map(Duration::toMillis),
        latency.map(Latency::p99).map(Duration::toMillis),
        customer.map(Latency::p50).map(Duration::toMillis),
        customer.map(Latency::p95).map(Duration::toMillis),
        doubt.map(InDoubt::operations).orElse(0L),
        doubt.flatMap(InDoubt::oldestUnknown).map(Duration::toSeconds),
        resolved.map(Resolved::operations).orElse(0L),
        took.map(Latency::p50).map(Duration::toMillis),
        took.map(Latency::p95).map(Duration::toMillis),
        callbacks.map(Lag::events).orElse(0L),
        callbacks.map(lag -> lag.received().p95().toMillis()),
        callbacks.map(lag -> lag.delivered().p95().toMillis()),
        errors,
        probe);
  }
}
