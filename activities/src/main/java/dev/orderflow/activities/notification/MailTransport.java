package dev.orderflow.activities.notification;

import dev.orderflow.workflows.saga.Outcome;
import java.time.Duration;

/** Hands a mail to whoever delivers it: the seam where another mail provider is plugged in. */
public interface MailTransport {
  /**
   * Sends the mail, within {@code timeout}. Never throws for what the network or the server does:
   * {@code DECLINED} where the recipient is refused for good, {@code NOT_EXECUTED} where the server
   * certainly took nothing, {@code UNKNOWN} where it may have taken the mail. No reason names an
   * address.
   */
  Outcome send(Mail mail, Duration timeout);
}
