package dev.orderflow.activities.inbox;

import org.jdbi.v3.core.JdbiException;

/**
 * The database did not take or give what was asked of it; nothing is lost, it is to be repeated.
 */
public final class InboxUnavailable extends RuntimeException {
  InboxUnavailable(JdbiException cause) {
    super("the inbox is not available", cause);
  }
}
