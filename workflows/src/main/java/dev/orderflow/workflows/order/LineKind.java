package dev.orderflow.workflows.order;

/** What a line sells. Only an {@link #ARTICLE} has stock. */
public enum LineKind {
  ARTICLE,
  SHIPPING,
  FEE
}
