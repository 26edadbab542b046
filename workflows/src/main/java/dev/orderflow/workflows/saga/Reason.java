package dev.orderflow.workflows.saga;

import java.util.Objects;

/**
 * Why something ended as it did.
 *
 * @param code a stable word for programs, such as {@code OUT_OF_STOCK} or {@code
 *     insufficient_funds}
 * @param message one sentence for people, naming what was asked and, where there is one, the
 *     remedy; without personal data
 */
public record Reason(String code, String message) {

  /** The code of an effect that may not land any more, because its order is being taken back. */
  public static final String FENCED = "FENCED";

  /**
   * The code of a request that found an earlier one with its key under way. It is {@code PENDING},
   * and no answer: of the effect nothing was said.
   */
  public static final String IN_FLIGHT = "IN_FLIGHT";

  /** The code of a payment that was not made, because its channel takes no new ones. */
  public static final String CHANNEL_DRAINED = "CHANNEL_DRAINED";

  /** The code of what is refused because the customer disputes the payment with their bank. */
  public static final String DISPUTED = "DISPUTED";

  /**
   * The code of a payment that counts as declined because another amount or currency came than was
   * asked for. What came is an effect of its own, {@link Step#RECEIVE}.
   */
  public static final String AMOUNT_DIFFERS = "AMOUNT_DIFFERS";

  public Reason {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
