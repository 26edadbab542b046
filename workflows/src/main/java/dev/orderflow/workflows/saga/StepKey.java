package dev.orderflow.workflows.saga;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.orderflow.workflows.order.OrderId;
import java.util.Objects;

/**
 * The name of one effect of one order, {@code order/step} or {@code order/step/n}. An effect is
 * carried out at most once per key, whatever is repeated: the ledger's operation rows and the
 * provider's idempotency keys both use it.
 *
 * @param n from 1; a further one is taken only after the former was certainly refused
 */
public record StepKey(OrderId order, Step step, int n) {

  public StepKey {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(step, "step");
    if (n < 1) {
      throw new IllegalArgumentException("n: " + n + " is below 1");
    }
  }

  public static StepKey of(OrderId order, Step step) {
    return new StepKey(order, step, 1);
  }

  /**
   * Reads a key as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException when it is none
   */
  @JsonCreator
  public static StepKey parse(String text) {
    String[] parts = text.split("/");
    if (parts.length < 2 || parts.length > 3) {
      throw new IllegalArgumentException("'" + text + "' is not a key of the form order/step[/n]");
    }
    int n = parts.length == 3 ? Integer.parseInt(parts[2]) : 1;
    return new StepKey(new OrderId(parts[0]), Step.of(parts[1]), n);
  }

  /** The key after this one was certainly refused. */
  public StepKey next() {
    return new StepKey(order, step, n + 1);
  }

  @JsonValue
  @Override
  public String toString() {
    return order.value() + "/" + step.word() + (n == 1 ? "" : "/" + n);
  }
}
