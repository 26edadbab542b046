package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.dev.Figures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariantFiguresTest {

  @Test
  void eachRoundIsComparedWithTheFloorOfTheSameRound() {
    // A machine that is twice as slow in the second round.
    List<Measurement> rounds =
        List.of(
            measured(Variant.FLOOR, 200, 0.010),
            measured(Variant.HEALTHY, 140, 0.015),
            measured(Variant.FLOOR, 100, 0.020),
            measured(Variant.HEALTHY, 70, 0.030));

    VariantFigures healthy = VariantFigures.of(rounds).get(1);

    assertThat(healthy.variant()).isEqualTo(Variant.HEALTHY);
    assertThat(healthy.toFloor()).contains(new Spread(0.7, 0.7, 0.7));
    assertThat(healthy.cpuToFloor()).contains(new Spread(1.5, 1.5, 1.5));
    assertThat(healthy.toTextbook()).isEmpty();
    assertThat(healthy.ordersPerSecond()).isEqualTo(new Spread(105, 70, 140));
  }

  @Test
  void whatTheSandboxTakesIsNotAnInstallationsOwn() {
    Measurement healthy = measured(Variant.HEALTHY, 100, 0.010);

    assertThat(healthy.per1000(Component.SANDBOX)).isPositive();
    assertThat(healthy.per1000()).isEqualTo(healthy.per1000(Component.WORKER));
  }

  @Test
  void writesAreToldPerOrderAndHistoriesPerSample() {
    VariantFigures healthy =
        VariantFigures.of(List.of(measured(Variant.HEALTHY, 100, 0.010))).get(0);

    assertThat(healthy.ledger().commits()).isEqualTo(7);
    assertThat(healthy.ledger().bytes()).isEqualTo(9_000);
    assertThat(healthy.events()).isEqualTo(11);
    assertThat(healthy.temporal()).isEmpty();
  }

  /** Its bytes came with few rounds' orders, and belong to all. */
  @Test
  void whatACheckpointCostsIsSharedByTheOrdersOfAllRounds() {
    List<Measurement> rounds =
        List.of(
            measured(new DatabaseCount(7_000, 6_000_000, 20_000)),
            measured(new DatabaseCount(7_000, 18_000_000, 20_000)),
            measured(new DatabaseCount(7_000, 6_000_000, 20_000)));

    VariantFigures healthy = VariantFigures.of(rounds).get(0);

    assertThat(healthy.ledger().bytes()).isEqualTo(10_000);
    assertThat(healthy.ledger().commits()).isEqualTo(7);
  }

  private static Measurement measured(Variant variant, double perSecond, double cpuPerOrder) {
    return measured(variant, perSecond, cpuPerOrder, new DatabaseCount(7_000, 9_000_000, 20_000));
  }

  private static Measurement measured(DatabaseCount written) {
    return measured(Variant.HEALTHY, 100, 0.010, written);
  }

  private static Measurement measured(
      Variant variant, double perSecond, double cpuPerOrder, DatabaseCount written) {
    LoadResult result =
        new LoadResult(1_000, 0, "", perSecond, new LoadResult.Latencies(10, 20, 30), List.of());
    return new Measurement(
        variant,
        result,
        result,
        perSecond / 2,
        Map.of(Component.WORKER, cpuPerOrder * 1_000, Component.SANDBOX, 1.0),
        written,
        Optional.empty(),
        new Figures(220, 20, 60, 0),
        20);
  }
}
