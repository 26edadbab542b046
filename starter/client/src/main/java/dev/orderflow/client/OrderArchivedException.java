package dev.orderflow.client;

/** The order has ended long ago and was moved into an archive, which the message names. */
public final class OrderArchivedException extends OrderflowException {

  OrderArchivedException(String said) {
    super(said + "; whoever keeps the archives has its history");
  }
}
