package dev.orderflow.drill.bench;

import dev.orderflow.dev.Figures;
import java.util.Map;
import java.util.Optional;

/**
 * One variant in one round.
 *
 * @param closed with as many customers as are served at once
 * @param open with half as many a second as were served then
 * @param openPerSecond how many a second that is
 * @param cpuSeconds during {@code closed}
 * @param ledger what was written to our database during {@code closed}
 * @param temporal what was written to Temporal's; empty where that is not known
 * @param histories of {@code samples} orders together
 */
record Measurement(
    Variant variant,
    LoadResult closed,
    LoadResult open,
    double openPerSecond,
    Map<Component, Double> cpuSeconds,
    DatabaseCount ledger,
    Optional<DatabaseCount> temporal,
    Figures histories,
    int samples) {

  /** CPU seconds for a thousand orders, of one component. */
  double per1000(Component component) {
    return cpuSeconds.getOrDefault(component, 0.0) * 1000 / closed.all();
  }

  /** The same, of all that an installation of its own would run. */
  double per1000() {
    return cpuSeconds.keySet().stream().filter(Component::isOurs).mapToDouble(this::per1000).sum();
  }
}
