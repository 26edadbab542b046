package dev.orderflow.client;

/**
 * Hears what becomes of each of many orders. Called by several threads at once; what takes long
 * here slows the placing down.
 *
 * @param <T> what an order is read from
 */
public interface PlaceListener<T> {

  void placed(T order, Placed placed);

  /**
   * The document is not an order, or its key belongs to another.
   *
   * @param why an {@link dev.orderflow.workflows.order.InvalidOrderException} or an {@link
   *     OrderKeyConflictException}
   */
  void refused(T order, RuntimeException why);

  /**
   * The service is overloaded: what it did not take is tried again, and nothing is lost.
   *
   * @param atATime how many orders are placed at a time from now on, until it answers again
   */
  default void heldUp(int atATime) {}
}
