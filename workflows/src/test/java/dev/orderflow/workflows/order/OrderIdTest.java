package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderIdTest {

  @Test
  void anOrderStaysInTheLedgerThatItsIdNames() {
    OrderId id = OrderId.ofKey("shop-2026-000123");

    // Written down once: another answer would be another database than the order's rows are in.
    assertThat(id).hasToString("ord-2o68odejh7daprm4h0s7");
    assertThat(IntStream.of(1, 2, 3, 4, 7, 1000).map(id::ledger))
        .containsExactly(0, 1, 2, 3, 5, 615);
    assertThat(new OrderId("ord-0000000000000000000v").ledger(4)).isEqualTo(3);
    assertThat(new OrderId("ord-vvvvvvvvvvvvvvvvvvvv").ledger(Integer.MAX_VALUE)).isNotNegative();
  }

  @Test
  void ofManyOrdersAboutAsManyAreInEach() {
    int[] orders = new int[5];
    IntStream.range(0, 10_000).forEach(i -> orders[OrderId.ofKey("order-" + i).ledger(5)]++);

    for (int each : orders) {
      assertThat(each).isBetween(1_850, 2_150);
    }
  }

  @Test
  void thereIsAtLeastOneLedger() {
    OrderId id = OrderId.ofKey("anything");

    assertThatThrownBy(() -> id.ledger(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ledgers: 0 is below 1");
  }
}
