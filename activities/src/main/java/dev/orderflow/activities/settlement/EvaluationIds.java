package dev.orderflow.activities.settlement;

import dev.orderflow.workflows.order.OrderId;
import java.security.SecureRandom;

/**
 * The names under which a channel is asked for payments of no order, to see how much it carries. By
 * them reconciliation knows these payments in a provider's report.
 */
public final class EvaluationIds {

  /** No order is called so: of the names that keys give, one in 2^40 begins like this. */
  static final String FORM = "^ord-evaluate[0-9a-v]{12}$";

  private static final long SIXTY_BITS = (1L << 60) - 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private EvaluationIds() {}

  /** One that was never used. */
  public static OrderId next() {
    String digits = Long.toString(RANDOM.nextLong() & SIXTY_BITS, 32);
    return new OrderId("ord-evaluate" + "0".repeat(12 - digits.length()) + digits);
  }
}
