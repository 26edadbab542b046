package dev.orderflow.drill.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.campaign.SharedMachine;
import dev.orderflow.drill.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The drill with so few orders that it can be played with every build. */
@ExtendWith(SharedMachine.class)
class PlaceDrillTest {

  private static final int ORDERS = 300;

  private final Machine machine;

  PlaceDrillTest(Machine machine) {
    this.machine = machine;
  }

  @Test
  void aFileWhoseProcessIsKilledIsPlacedByTheNextAndEachOrderOnce() throws Exception {
    machine.worker();

    PlaceResult result = new PlaceDrill(new PlacePlan(ORDERS, 16, 64), what -> {}).run(machine);

    assertThat(result.firstRun().placed()).isGreaterThanOrEqualTo(ORDERS / 2 - result.badLines());
    assertThat(result.secondRun().refused()).isEqualTo(result.badLines()).isEqualTo(1);
    assertThat(result.books().inLedger()).isEqualTo(ORDERS);
    assertThat(result.passed()).as(result.toString()).isTrue();
  }
}
