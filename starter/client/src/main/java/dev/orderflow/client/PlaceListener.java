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
}
