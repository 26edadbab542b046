package dev.orderflow.client;

/**
 * Why a wish about an order could not be met. The message says what to do about it. A document that
 * can't be an order is an {@link dev.orderflow.workflows.order.InvalidOrderException} instead.
 */
public abstract sealed class OrderflowException extends RuntimeException
    permits DeadlineException,
        NoSuchOrderException,
        NotPossibleException,
        NoWorkerException,
        OrderArchivedException,
        OrderKeyConflictException,
        UnreachableException {

  OrderflowException(String message) {
    super(message);
  }

  OrderflowException(String message, Throwable cause) {
    super(message, cause);
  }
}
