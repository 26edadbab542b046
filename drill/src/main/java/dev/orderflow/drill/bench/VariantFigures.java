package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What was measured of one variant: medians over the rounds, with the least and the most.
 *
 * @param orders in closed loop, in all rounds
 * @param toFloor orders a second, as a part of the floor's in the same round
 * @param toTextbook orders a second, as a multiple of the textbook's in the same round
 * @param closed latencies with as many customers as are served at once
 * @param open latencies from the intended start, at {@code openPerSecond}
 * @param cpuSecondsPer1000 of each party, in closed loop
 * @param cpuToFloor of worker, starter, Temporal and databases, beside the floor's in its round
 * @param commitsPerOrder transactions that wrote to the ledger's database
 * @param bytesPerOrder of that database's log of changes
 * @param statementsPerOrder in that database
 * @param temporalCommitsPerOrder, temporalBytesPerOrder the same of Temporal's database
 * @param actions billed by Temporal Cloud, estimated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record VariantFigures(
    Variant variant,
    long orders,
    Spread ordersPerSecond,
    Optional<Spread> toFloor,
    Optional<Spread> toTextbook,
    Latencies closed,
    Spread openPerSecond,
    Latencies open,
    Map<Party, Spread> cpuSecondsPer1000,
    Optional<Spread> cpuToFloor,
    Spread commitsPerOrder,
    Spread bytesPerOrder,
    Spread statementsPerOrder,
    Optional<Spread> temporalCommitsPerOrder,
    Optional<Spread> temporalBytesPerOrder,
    double events,
    double workflowTasks,
    double actions) {

  /** In milliseconds. */
  record Latencies(Spread p50, Spread p95, Spread p99) {

    static Latencies of(List<Served> rounds) {
      return new Latencies(
          over(rounds, served -> served.latencies().p50()),
          over(rounds, served -> served.latencies().p95()),
          over(rounds, served -> served.latencies().p99()));
    }
  }

  static List<VariantFigures> of(List<Measurement> all) {
    return Stream.of(Variant.values())
        .filter(variant -> all.stream().anyMatch(m -> m.variant() == variant))
        .map(variant -> of(rounds(all, variant), all))
        .toList();
  }

  private static VariantFigures of(List<Measurement> own, List<Measurement> all) {
    List<Measurement> floor = rounds(all, Variant.FLOOR);
    List<Measurement> textbook = rounds(all, Variant.TEXTBOOK);
    double samples = own.stream().mapToInt(Measurement::samples).sum();
    return new VariantFigures(
        own.get(0).variant(),
        own.stream().mapToLong(m -> m.closed().all()).sum(),
        over(own, VariantFigures::rate),
        paired(own, floor, VariantFigures::rate),
        paired(own, textbook, VariantFigures::rate),
        Latencies.of(own.stream().map(Measurement::closed).toList()),
        over(own, Measurement::openPerSecond),
        Latencies.of(own.stream().map(Measurement::open).toList()),
        cpu(own),
        paired(own, floor, Measurement::per1000),
        over(own, m -> m.perOrder(m.ledger().commits())),
        over(own, m -> m.perOrder(m.ledger().bytes())),
        over(own, m -> m.perOrder(m.ledger().statements())),
        temporal(own, DatabaseCount::commits),
        temporal(own, DatabaseCount::bytes),
        own.stream().mapToInt(m -> m.histories().events()).sum() / samples,
        own.stream().mapToInt(m -> m.histories().workflowTasks()).sum() / samples,
        own.stream().mapToInt(m -> m.histories().actions()).sum() / samples);
  }

  private static double rate(Measurement measured) {
    return measured.closed().ordersPerSecond();
  }

  private static List<Measurement> rounds(List<Measurement> all, Variant variant) {
    return all.stream().filter(m -> m.variant() == variant).toList();
  }

  private static <T> Spread over(List<T> rounds, ToDoubleFunction<T> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
  }

  /** Round by round: what disturbs a round disturbs both. */
  private static Optional<Spread> paired(
      List<Measurement> own, List<Measurement> other, ToDoubleFunction<Measurement> figure) {
    if (other.isEmpty() || own.get(0).variant() == other.get(0).variant()) {
      return Optional.empty();
    }
    Double[] ratios = new Double[own.size()];
    Arrays.setAll(
        ratios, i -> figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(other.get(i)));
    return Optional.of(Spread.of(List.of(ratios)));
  }

  private static Map<Party, Spread> cpu(List<Measurement> own) {
    Map<Party, Spread> parties = new EnumMap<>(Party.class);
    own.get(0)
        .cpuSeconds()
        .keySet()
        .forEach(party -> parties.put(party, over(own, m -> m.per1000(party))));
    return parties;
  }

  private static Optional<Spread> temporal(
      List<Measurement> own, ToDoubleFunction<DatabaseCount> count) {
    if (own.get(0).temporal().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        over(own, m -> count.applyAsDouble(m.temporal().orElseThrow()) / m.closed().all()));
  }
}
