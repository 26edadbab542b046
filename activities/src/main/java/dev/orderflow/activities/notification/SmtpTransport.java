package dev.orderflow.activities.notification;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/** Sends by SMTP, over connections that are kept and used again while the server keeps them. */
final class SmtpTransport implements MailTransport, AutoCloseable {
  private final NotificationConfig config;
  private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "smtp-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  @Inject
  SmtpTransport(NotificationConfig config) {
    this.config = config;
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Outcome send(Mail mail, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    for (SmtpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      Future<?> deadline = kept.deadline(left(end));
      if (kept.isAlive()) {
        return send(mail, kept, deadline);
      }
      deadline.cancel(false);
      kept.close();
    }
    return sendAnew(mail, left(end));
  }

  @Override
  public void close() {
    for (SmtpConnection kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      kept.close();
    }
    clock.shutdownNow();
  }

  private Outcome sendAnew(Mail mail, Duration timeout) {
    try {
      SmtpConnection connection = new SmtpConnection(config, clock);
      Future<?> deadline = connection.deadline(timeout);
      try {
        connection.open();
      } catch (MessagingException e) {
        deadline.cancel(false);
        connection.close();
        return Outcome.notExecuted(notOpened(e));
      }
      return send(mail, connection, deadline);
    } catch (MessagingException e) {
      return Outcome.notExecuted(notOpened(e));
    }
  }

  private Outcome send(Mail mail, SmtpConnection connection, Future<?> deadline) {
    StableMessage message;
    try {
      message = new StableMessage(connection.session(), config.sender(), mail);
    } catch (MessagingException e) {
      putBack(connection, deadline);
      return notWritten(e);
    }
    try {
      connection.send(message);
      putBack(connection, deadline);
      return Outcome.succeeded(mail.messageId());
    } catch (MessagingException e) {
      deadline.cancel(false);
      connection.close();
      return notSent(e, message);
    }
  }

  /** Where the deadline has come meanwhile the socket is closed, or about to be. */
  private void putBack(SmtpConnection connection, Future<?> deadline) {
    if (deadline.cancel(false)) {
      idle.addFirst(connection);
    } else {
      connection.close();
    }
  }

  private static Reason notOpened(MessagingException failure) {
    return failure instanceof AuthenticationFailedException
        ? new Reason(
            "SMTP_LOGIN_REFUSED",
            "The mail server refuses our login; check notification.user and password.")
        : new Reason("SMTP_UNREACHABLE", "The mail server takes no connection.");
  }

  private static Outcome notWritten(MessagingException failure) {
    return failure instanceof AddressException
        ? Outcome.declined(
            new Reason("RECIPIENT_INVALID", "The recipient's address is not one that mail takes."))
        : Outcome.notExecuted(new Reason("NOT_WRITTEN", "The message could not be put together."));
  }

  /** Only what the server said counts; after the content has left us silence is doubt. */
  private static Outcome notSent(MessagingException failure, StableMessage message) {
    for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
      if (e instanceof SMTPAddressFailedException refused && refused.getReturnCode() >= 400) {
        return refused(refused.getReturnCode(), "RECIPIENT_REFUSED", "recipient");
      }
    }
    if (failure instanceof SMTPSendFailedException refused && refused.getReturnCode() >= 400) {
      return refused.getCommand().startsWith("MAIL")
          ? Outcome.notExecuted(
              new Reason(
                  "SENDER_REFUSED",
                  "The mail server refuses the sender ("
                      + refused.getReturnCode()
                      + "); check notification.from."))
          : refused(refused.getReturnCode(), "MESSAGE_REFUSED", "message");
    }
    return message.contentBegun()
        ? Outcome.unknown(
            new Reason("NO_ANSWER", "The mail server may have taken the message; it did not say."))
        : Outcome.notExecuted(
            new Reason("SMTP_BROKEN_OFF", "The mail server broke off before the message."));
  }

  private static Outcome refused(int code, String word, String what) {
    return code >= 500
        ? Outcome.declined(
            new Reason(word, "The mail server refuses the " + what + " for good (" + code + ")."))
        : Outcome.notExecuted(
            new Reason(
                "TRY_LATER", "The mail server does not take the " + what + " now (" + code + ")."));
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
  }
}
