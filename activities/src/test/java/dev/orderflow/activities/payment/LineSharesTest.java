package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance.Part;
import dev.orderflow.workflows.payment.RefundRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSharesTest {
  /** 12.00 for three pieces, less a discount of 2.00. */
  private static final OrderPlan.Line LINE =
      new OrderPlan.Line(
          2, "mug", "The mug", LineKind.ARTICLE, 3, Money.parse("EUR 12"), Money.parse("EUR 2"));

  private final List<Part> given = new ArrayList<>();

  private Part refund(Optional<Integer> pieces) {
    Part part =
        new LineShares(List.of(LINE), given).of(List.of(new RefundRequest.Line(2, pieces))).get(0);
    given.add(part);
    return part;
  }

  private Part refund(int pieces) {
    return refund(Optional.of(pieces));
  }

  @Test
  void aLineIsRefundedByItsNet() {
    assertThat(refund(Optional.empty())).isEqualTo(new Part(2, 3, Money.parse("EUR 10.00")));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "2,1,0", "1,2,0", "3,0,0"})
  void thePartsOfALineAddUpToItsNet(int first, int second, int third) {
    Money sum = Money.parse("EUR 0");
    for (int pieces : List.of(first, second, third)) {
      sum = pieces == 0 ? sum : sum.plus(refund(pieces).amount());
    }
    assertThat(sum).isEqualTo(LINE.net());
  }

  @Test
  void theRemainderGoesToTheFirstPieces() {
    assertThat(List.of(refund(1).amount(), refund(1).amount(), refund(1).amount()))
        .containsExactly(Money.parse("EUR 3.34"), Money.parse("EUR 3.33"), Money.parse("EUR 3.33"));
  }

  @Test
  void thePartsAddUpAlsoWhereOneInTheMiddleWasRefused() {
    refund(1);
    refund(1);
    given.remove(0);

    refund(Optional.empty());

    assertThat(given.stream().map(Part::amount).reduce(Money::plus)).hasValue(LINE.net());
  }

  @Test
  void noPieceIsRefundedTwice() {
    refund(2);
    assertThatThrownBy(() -> refund(2)).hasMessageContaining("more than the 1");
    refund(1);
    assertThatThrownBy(() -> refund(Optional.empty())).hasMessageContaining("refunded already");
  }

  @Test
  void aLineThatTheOrderDoesNotHaveIsNamed() {
    assertThatThrownBy(
            () ->
                new LineShares(List.of(LINE), given)
                    .of(List.of(new RefundRequest.Line(7, Optional.empty()))))
        .hasMessage("line 7: the order has the lines [2]");
  }
}
