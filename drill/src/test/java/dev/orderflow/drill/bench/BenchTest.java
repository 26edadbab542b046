package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.cli.Progress;
import dev.orderflow.dev.Home;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One short round of everything. How fast it is, is not asked here. */
@Tag("long")
class BenchTest {

  private static final BenchPlan SHORT =
      new BenchPlan(
          List.of(Variant.values()), 1, Duration.ofSeconds(2), Duration.ofSeconds(1), 10, 4);

  private static final OtherWorker OTHER =
      new OtherWorker(List.of("temporal.orders-at-once = 8"), Optional.empty());

  @Test
  void everyVariantIsMeasuredAndItsOrdersEndAsTheyShould()
      throws IOException, InterruptedException, SQLException {
    List<Measurement> measured;
    List<String> told = new ArrayList<>();
    List<Long> pids;
    try (Home home = Home.temporary("bench-test");
        BenchMachine machine =
            BenchMachine.start(
                home.directory(), Optional.empty(), List.of("-Xmx200m"), Optional.of(OTHER), "t")) {
      pids =
          Stream.of(Variant.HEALTHY, Variant.REMOTE)
              .flatMap(variant -> machine.processes(variant).values().stream())
              .toList();

      measured = new Bench(machine, SHORT, Progress.onTerminal("bench"), told::add).run();
    }

    assertThat(measured).extracting(Measurement::variant).containsExactly(Variant.values());
    assertThat(measured).allMatch(m -> m.closed().orders() > 0 && m.open().failed() == 0);
    assertThat(told).hasSameSizeAs(measured).first().asString().contains("round 1 of 1: floor");
    assertThat(measured).allMatch(m -> m.samples() > 0 && m.histories().events() > 0);
    assertThat(measured).allMatch(m -> m.per1000(Component.WORKER) > 0);
    assertThat(VariantFigures.of(measured).get(0).events()).as("the floor's").isEqualTo(5);
    assertThat(pids).as("still running").filteredOn(BenchTest::runs).isEmpty();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
