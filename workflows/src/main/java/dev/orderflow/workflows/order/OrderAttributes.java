package dev.orderflow.workflows.order;

import io.temporal.common.SearchAttributeKey;

/** The search attributes of an order. They are never encrypted: no personal data. */
public final class OrderAttributes {

  /** An {@link OrderStatus}. */
  public static final SearchAttributeKey<String> STATUS =
      SearchAttributeKey.forKeyword("OrderStatus");

  /** A {@link CustomerId}. */
  public static final SearchAttributeKey<String> CUSTOMER =
      SearchAttributeKey.forKeyword("CustomerId");

  /** The name of the payment channel. */
  public static final SearchAttributeKey<String> CHANNEL =
      SearchAttributeKey.forKeyword("PaymentChannel");

  /** The task queue of orders, unless an installation names another. */
  public static final String TASK_QUEUE = "orders";

  /** The memo by which a placed order is recognised: a hash of its document. */
  public static final String FINGERPRINT = "fingerprint";

  private OrderAttributes() {}
}
