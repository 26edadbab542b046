package dev.orderflow.activities.inventory;

/** What there is of an article; {@code reserved} of it is promised to orders. */
public record StockLevel(String article, int onHand, int reserved) {

  /** What can still be promised. */
  public int available() {
    return onHand - reserved;
  }
}
