package dev.orderflow.workflows.settlement;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * What reads a provider's report. Every difference has one row, whatever is repeated, so that each
 * of these may be repeated at any point.
 */
@ActivityInterface(namePrefix = "Reconcile.")
public interface ReconcileActivities {

  /** The type of the failure of a report that can't be read; not retried. */
  String UNREADABLE = "REPORT_UNREADABLE";

  /** The type of the failure while there is no report yet; retried. */
  String NOT_THERE_YET = "REPORT_NOT_THERE_YET";

  /** The channels whose providers report what they settled. */
  List<String> channels();

  /**
   * Compares the report with the ledger, both ways. Heartbeats the rows it has read; a later
   * attempt goes on behind them.
   *
   * @return the report's rows
   */
  long compare(ReconcileRequest request);

  /**
   * Tells the orders of the differences that were found to ask their provider.
   *
   * @return how many differences wait for their order's answer
   */
  long signal(ReconcileRequest request);

  /** Closes what is no difference any more, and counts. */
  Reconciliation settle(ReconcileRequest request, long rows);
}
