package dev.orderflow.activities.ledger;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Statements that no order waits for: those of commands that read or move much. */
public final class Unhurried {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Unhurried() {}

  /**
   * Lets each statement of the transaction take ten minutes, longer than a worker's may. How long
   * one waits for somebody's lock stays as it is.
   */
  public static void let(Handle tx) {
    try {
      tx.getConnection().setNetworkTimeout(Runnable::run, (int) PATIENCE.plusSeconds(2).toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    tx.execute("set local statement_timeout = " + PATIENCE.toMillis());
  }
}
