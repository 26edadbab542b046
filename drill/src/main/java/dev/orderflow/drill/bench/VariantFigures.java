package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What was measured of one variant: a {@link Spread} is over the rounds; what an order writes is
 * the mean over all rounds together.
 *
 * @param orders in closed loop, in all rounds
 * @param toFloor orders a second, as a part of the floor's in the same round
 * @param toTextbook orders a second, as a multiple of the textbook's in the same round
 * @param closed latencies with as many customers as are served at once
 * @param open latencies from the intended start, at {@code openPerSecond}
 * @param cpuSecondsPer1000 of each component, in closed loop
 * @param cpuToFloor of worker, starter, Temporal and databases, beside the floor's in its round
 * @param ledger what an order writes there
 * @param temporal what it writes to Temporal's database; empty where that is not known
 * @param events of a history, the mean over the sampled orders
 * @param workflowTasks likewise
 * @param actions billed by Temporal Cloud, estimated, likewise
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
    Map<Component, Spread> cpuSecondsPer1000,
    Optional<Spread> cpuToFloor,
    Writes ledger,
    Optional<Writes> temporal,
    double events,
    double workflowTasks,
    double actions) {

  /** In milliseconds. */
  record Latencies(Spread p50, Spread p95, Spread p99) {

    static Latencies of(List<LoadResult> rounds) {
      return new Latencies(
          over(rounds, result -> result.latencies().p50()),
          over(rounds, result -> result.latencies().p95()),
          over(rounds, result -> result.latencies().p99()));
    }
  }

  /**
   * What an order makes a database server do. After a checkpoint the first change of a page logs
   * the whole page, so a round's bytes depend on whether a checkpoint fell into it.
   *
   * @param commits transactions that wrote something
   * @param bytes of the log of changes
   * @param statements without the beginnings and ends of transactions
   */
  record Writes(double commits, double bytes, double statements) {

    private static Writes of(List<Measurement> rounds, Function<Measurement, DatabaseCount> of) {
      return new Writes(
          perOrder(rounds, measured -> of.apply(measured).commits()),
          perOrder(rounds, measured -> of.apply(measured).bytes()),
          perOrder(rounds, measured -> of.apply(measured).statements()));
    }

    private static double perOrder(List<Measurement> rounds, ToLongFunction<Measurement> count) {
      double orders = rounds.stream().mapToLong(measured -> measured.closed().all()).sum();
      return Spread.rounded(rounds.stream().mapToLong(count).sum() / orders);
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
        Writes.of(own, Measurement::ledger),
        temporal(own),
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

  private static Map<Component, Spread> cpu(List<Measurement> own) {
    Map<Component, Spread> components = new EnumMap<>(Component.class);
    own.get(0)
        .cpuSeconds()
        .keySet()
        .forEach(component -> components.put(component, over(own, m -> m.per1000(component))));
    return components;
  }

  private static Optional<Writes> temporal(List<Measurement> own) {
    return own.get(0)
        .temporal()
        .map(known -> Writes.of(own, measured -> measured.temporal().orElseThrow()));
  }
}
