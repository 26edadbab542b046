package dev.orderflow.activities.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Every transaction of every effect goes through here, so that a test can stand between an effect
 * and its commit. No transaction spans a call to anyone else.
 */
@Singleton
public class Transactions {

  private final Jdbi jdbi;

  @Inject
  public Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Does the work in one read-committed transaction; what it throws rolls everything back. */
  public <T> T in(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** Does one statement, which is a transaction by itself: committed when this returns. */
  public <T> T once(Function<Handle, T> statement) {
    return jdbi.withHandle(statement::apply);
  }

  /** Reads, each statement for itself. */
  public <T> T read(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }
}
