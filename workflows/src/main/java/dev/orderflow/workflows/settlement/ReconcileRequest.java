package dev.orderflow.workflows.settlement;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;

/**
 * One provider's report of one day to compare with the ledger.
 *
 * @param channel whose report
 * @param date the day, in UTC
 * @param patience how long the orders that were told are given before it is looked again
 */
public record ReconcileRequest(String channel, LocalDate date, Duration patience) {

  /** Long enough for an order to ask its provider. */
  public static final Duration USUAL_PATIENCE = Duration.ofMinutes(1);

  public ReconcileRequest {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(date, "date");
    patience = patience == null ? USUAL_PATIENCE : patience;
  }

  /** With the usual patience. */
  public static ReconcileRequest of(String channel, LocalDate date) {
    return new ReconcileRequest(channel, date, USUAL_PATIENCE);
  }

  /** The workflow's id: one for each channel and day. */
  public String workflowId() {
    return "reconcile/" + channel + "/" + date;
  }
}
