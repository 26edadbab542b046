package dev.orderflow.client.document;

import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderDocument;

/** One line of a file of orders. It is parsed when its document is asked for. */
public final class OrderLine {

  private final int number;
  private final byte[] json;
  private final long end;

  OrderLine(int number, byte[] json, long end) {
    this.number = number;
    this.json = json;
    this.end = end;
  }

  /** Its place in the file, from 1. */
  public int number() {
    return number;
  }

  /** How far into the file the next line begins, in bytes. */
  public long end() {
    return end;
  }

  /** The line as it stands there, without its end; one that is too long is cut off. */
  public byte[] text() {
    return json.clone();
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
