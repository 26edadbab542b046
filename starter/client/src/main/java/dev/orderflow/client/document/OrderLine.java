package dev.orderflow.client.document;

import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderDocument;

/** One line of a file of orders. It is parsed when its document is asked for. */
public final class OrderLine {

  private final int number;
  private final byte[] json;

  OrderLine(int number, byte[] json) {
    this.number = number;
    this.json = json;
  }

  /** Its place in the file, from 1. */
  public int number() {
    return number;
  }

  /**
   * The order on this line.
   *
   * @throws InvalidOrderException as {@link OrderReader#read(byte[])}, naming the column where it
   *     is not JSON
   */
  public OrderDocument document() {
    return OrderReader.document(JsonText.ofLine(json));
  }
}
