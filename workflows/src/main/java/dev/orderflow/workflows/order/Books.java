package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentBalance;
import io.temporal.failure.ActivityFailure;
import java.util.Optional;

/**
 * What an order's payments took and gave back, for whoever looks at the order. The ledger tells it
 * along with other answers where there is something to tell; of a healthy order there is not. From
 * then on it is read anew whenever something may have moved. Histories of a version whose ledger
 * did not tell it go on without.
 */
final class Books {

  private final RefundSteps steps;
  private final OrderState state;
  private boolean told;

  Books(RefundSteps steps, OrderState state) {
    this.steps = steps;
    this.state = state;
  }

  /** The ledger says it, or has nothing to say. */
  void tell(Optional<PaymentBalance> balance) {
    if (balance.isPresent()) {
      told = true;
      state.balance(balance);
    }
  }

  boolean isTold() {
    return told;
  }

  /**
   * Reads it anew where it was told. What is only shown stops nothing: where the quick attempts
   * give no answer it stays as it was read before.
   */
  void read() {
    if (!told) {
      return;
    }
    try {
      steps.quickBalance().ifPresent(state::balance);
    } catch (ActivityFailure e) {
      // As it was read before.
    }
  }
}
