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

  public Reason {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
