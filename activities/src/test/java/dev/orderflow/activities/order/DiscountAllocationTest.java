package dev.orderflow.activities.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscountAllocationTest {

  @Test
  void whatIsLeftGoesToTheLargestRemainders() {
    assertThat(DiscountAllocation.allocate(100, List.of(100L, 100L, 100L)))
        .containsExactly(34L, 33L, 33L);
    assertThat(DiscountAllocation.allocate(10, List.of(50L, 25L, 25L))).containsExactly(5L, 3L, 2L);
    assertThat(DiscountAllocation.allocate(1, List.of(10L, 20L))).containsExactly(0L, 1L);
  }

  @Test
  void aLineThatCostsNothingGetsNothing() {
    assertThat(DiscountAllocation.allocate(7, List.of(0L, 7L, 0L))).containsExactly(0L, 7L, 0L);
    assertThat(DiscountAllocation.allocate(0, List.of())).isEmpty();
  }

  @Test
  void moreThanEverythingIsRefused() {
    assertThatThrownBy(() -> DiscountAllocation.allocate(4, List.of(1L, 2L)))
        .hasMessage("4 is not within 0 to 3");
  }

  @Test
  void sharesSumUpStayWithinTheirLinesAndAreFairWhateverTheAmounts() {
    Random random = new Random(20260101);
    for (int round = 0; round < 5_000; round++) {
      long most = round % 5 == 0 ? 1_000_000_000_000L : 1 + random.nextInt(2_000);
      List<Long> amounts = random.longs(1 + random.nextInt(20), 0, most).boxed().toList();
      long sum = amounts.stream().mapToLong(Long::longValue).sum();
      long discount = (long) (random.nextDouble() * sum);
      List<Long> shares = DiscountAllocation.allocate(discount, amounts);
      assertThat(shares.stream().mapToLong(Long::longValue).sum()).isEqualTo(discount);
      for (int i = 0; i < amounts.size(); i++) {
        double fair = sum == 0 ? 0 : (double) discount * amounts.get(i) / sum;
        assertThat(shares.get(i)).isBetween(0L, amounts.get(i));
        assertThat(Math.abs(shares.get(i) - fair)).isLessThan(1.001);
      }
    }
  }

  @Test
  void equalLinesDifferByAtMostOneWithTheEarlierOnesAhead() {
    for (int lines = 1; lines <= 12; lines++) {
      for (long discount = 0; discount <= lines * 3L; discount++) {
        List<Long> shares = DiscountAllocation.allocate(discount, Collections.nCopies(lines, 3L));
        assertThat(shares).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(shares.get(0) - shares.get(lines - 1)).isBetween(0L, 1L);
      }
    }
  }
}
