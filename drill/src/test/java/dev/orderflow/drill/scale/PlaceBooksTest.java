package dev.orderflow.drill.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.Outside.Effect;
import dev.orderflow.workflows.order.OrderId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the provider's log says of the file's orders. */
class PlaceBooksTest {

  private static final OrderFile FILE = new OrderFile(Path.of("orders.jsonl"), "run", 2, 0);
  private static final String FIRST = OrderId.ofKey(FILE.key(0)).value();
  private static final String SECOND = OrderId.ofKey(FILE.key(1)).value();
  private static final String OTHERS = OrderId.ofKey("bench-0").value();

  @Test
  void aChargeIsCountedWhetherOrNotTheLedgerKnowsItsOrder() {
    List<Effect> log =
        List.of(
            effect(FIRST, "charge"),
            effect(FIRST, "refund"),
            effect(SECOND, "charge"),
            effect(SECOND, "charge"),
            effect(OTHERS, "charge"));

    assertThat(PlaceBooks.charges(log, FILE)).isEqualTo(Map.of(FIRST, 1L, SECOND, 2L));
  }

  private static Effect effect(String order, String object) {
    return new Effect("id", order, object, 1_000, "key");
  }
}
