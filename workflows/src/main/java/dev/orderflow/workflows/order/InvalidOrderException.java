package dev.orderflow.workflows.order;

/** An order document that can't be an order, whoever looks at it and whenever. */
public final class InvalidOrderException extends RuntimeException {

  private final String field;
  private final String value;

  /**
   * @param field where, for example {@code lines[2].quantity}; {@code document} where it is no
   *     field's
   * @param value what stands there, as it may be shown: shortened, control characters escaped
   * @param message what is wrong with it and how it is mended
   */
  public InvalidOrderException(String field, String value, String message) {
    super(field + ": " + message);
    this.field = field;
    this.value = value;
  }

  public String field() {
    return field;
  }

  public String value() {
    return value;
  }
}
