package dev.orderflow.workflows.settlement;

/**
 * How far a comparison has come, as it heartbeats it.
 *
 * @param rows of the report that were compared
 * @param sum the check sum over them
 */
public record ReconcileMark(long rows, long sum) {

  /** Nothing yet. */
  public static final ReconcileMark START = new ReconcileMark(0, 0);
}
