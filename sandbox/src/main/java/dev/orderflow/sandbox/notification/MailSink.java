package dev.orderflow.sandbox.notification;

import dev.orderflow.sandbox.notification.Recipient.Deferring;
import dev.orderflow.sandbox.notification.Recipient.Hanging;
import dev.orderflow.sandbox.notification.Recipient.Rejecting;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * An SMTP server that takes all mail into its {@link Mailbox}, and misbehaves towards recipients
 * whose address asks for it.
 */
public final class MailSink implements AutoCloseable {

  private static final int LARGEST_MAIL_BYTES = 25 * 1024 * 1024;
  private static final int MOST_CONNECTIONS = 256;

  private final Mailbox mailbox;
  private final Duration longestSilence;
  private final Map<String, Integer> deferrals = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final SMTPServer server;

  /**
   * Listens when it returns.
   *
   * @param port 0 for any free one
   * @param longestSilence after which a hanging recipient's connection is closed
   */
  public MailSink(InetAddress address, int port, Mailbox mailbox, Duration longestSilence) {
    this.mailbox = mailbox;
    this.longestSilence = longestSilence;
    this.server =
        SMTPServer.port(port)
            .bindAddress(address)
            .hostName("localhost")
            .softwareName("orderflow sandbox")
            .insertReceivedHeaders(false)
            .maxConnections(MOST_CONNECTIONS)
            .maxMessageSize(LARGEST_MAIL_BYTES)
            .connectionTimeout(1, TimeUnit.MINUTES)
            // The library's context of a message is its session, which alone can go away silently.
            .messageHandlerFactory(context -> new Delivery(this, (Session) context))
            .build();
    server.start();
  }

  /** The port it listens on. */
  public int port() {
    return server.getPortAllocated();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Takes the recipient, or misbehaves. */
  void receive(String address) throws RejectException {
    Recipient recipient = Recipient.of(address);
    if (recipient instanceof Rejecting) {
      throw new RejectException(550, "5.1.1 This mailbox does not exist");
    }
    if (recipient instanceof Deferring deferring
        && deferrals.merge(address, 1, Integer::sum) <= deferring.times()) {
      throw new RejectException(451, "4.2.1 This mailbox takes no mail now, try again later");
    }
    if (recipient instanceof Hanging) {
      hang();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop();
    mailbox.close();
  }

  private void hang() throws DropConnectionException {
    try {
      closing.await(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new DropConnectionException(421, "4.4.2 Closing the connection");
  }
}
