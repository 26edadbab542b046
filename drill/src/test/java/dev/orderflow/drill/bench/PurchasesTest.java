package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.orderflow.workflows.order.OrderRules;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PurchasesTest {

  private final Purchases purchases = new Purchases("test");

  @Test
  void ofAHundredMixedOrdersNinetyAreCompleted() {
    Map<OrderStatus, Long> endings =
        LongStream.range(0, 100)
            .mapToObj(number -> Purchases.ending(Variant.MIX, number))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(endings)
        .isEqualTo(
            Map.of(OrderStatus.COMPLETED, 90L, OrderStatus.DECLINED, 5L, OrderStatus.REJECTED, 5L));
  }

  @Test
  void tenOfThemMeetATransientFaultWhichIsNeitherDeclinedNorOutOfStock() {
    assertThat(LongStream.range(0, 100).filter(this::meetsAFault)).hasSize(10);
    assertThat(LongStream.range(0, 100).filter(this::meetsAFault).boxed())
        .allMatch(n -> Purchases.ending(Variant.MIX, n) == OrderStatus.COMPLETED);
  }

  private boolean meetsAFault(long number) {
    return purchases.document(Variant.MIX, number).payment().token().startsWith("error");
  }

  @Test
  void everyDocumentIsAnOrder() {
    for (Variant variant : Variant.values()) {
      assertThatCode(() -> OrderRules.check(purchases.document(variant, 4_711)))
          .doesNotThrowAnyException();
    }
  }
}
