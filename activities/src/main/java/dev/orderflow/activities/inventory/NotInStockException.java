package dev.orderflow.activities.inventory;

/** Less would be on hand than orders have reserved, or than nothing. */
public final class NotInStockException extends RuntimeException {

  /**
   * @param wanted what would be on hand
   */
  NotInStockException(StockLevel level, long wanted) {
    super(
        level.article()
            + ": "
            + wanted
            + " would be on hand; there are "
            + level.onHand()
            + ", and "
            + level.reserved()
            + " of them are reserved for orders");
  }
}
