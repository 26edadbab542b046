package dev.orderflow.worker.command;

import java.sql.SQLException;
import java.util.stream.Stream;

/** What PostgreSQL says of a statement that it did not carry out. */
enum SqlState {
  NO_SUCH_TABLE("42P01"),
  /** It took longer than it may. */
  STATEMENT_STOPPED("57014");

  private final String code;

  SqlState(String code) {
    this.code = code;
  }

  /** Whether it is what the failure comes from. */
  boolean isOf(Throwable failure) {
    return Stream.iterate(failure, t -> t != null, Throwable::getCause)
        .anyMatch(t -> t instanceof SQLException s && code.equals(s.getSQLState()));
  }
}
