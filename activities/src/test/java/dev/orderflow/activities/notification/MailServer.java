package dev.orderflow.activities.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A mail server on a real socket that takes mail, and misbehaves as told. */
final class MailServer implements AutoCloseable {
  /** What befalls the next mail. */
  enum Fault {
    NONE,
    REFUSE_SENDER,
    REFUSE_RECIPIENT,
    DEFER_RECIPIENT,
    DROP_AT_RECIPIENT,
    REFUSE_CONTENT,
    DROP_AFTER_CONTENT,
    HANG_AFTER_CONTENT
  }

  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<MimeMessage> taken = new ArrayList<>();
  private final Set<SocketAddress> peers = new HashSet<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SMTPServer server;

  MailServer() {
    this(0);
  }

  MailServer(int port) {
    server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .insertReceivedHeaders(false)
            .messageHandlerFactory(Delivery::new)
            .build();
    server.start();
  }

  NotificationConfig config() {
    return NotificationConfig.plain(
        "127.0.0.1", server.getPortAllocated(), "Läden <shop@shop.example>");
  }

  synchronized void next(Fault... given) {
    faults.addAll(List.of(given));
  }

  /** All it took, those too of which it said nothing. */
  synchronized List<MimeMessage> taken() {
    return List.copyOf(taken);
  }

  /** How many connections brought mail. */
  synchronized int connections() {
    return peers.size();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop();
  }

  private synchronized Fault nextFault() {
    Fault next = faults.poll();
    return next == null ? Fault.NONE : next;
  }

  private synchronized void take(MimeMessage mail, SocketAddress peer) {
    taken.add(mail);
    peers.add(peer);
  }

  private final class Delivery implements MessageHandler {
    private final MessageContext context;
    private Fault fault = Fault.NONE;

    Delivery(MessageContext context) {
      this.context = context;
    }

    @Override
    public void from(String from) throws RejectException {
      fault = nextFault();
      if (fault == Fault.REFUSE_SENDER) {
        throw new RejectException(550, "not from you");
      }
    }

    @Override
    public void recipient(String recipient) throws RejectException {
      if (fault == Fault.REFUSE_RECIPIENT) {
        throw new RejectException(550, "no mailbox " + recipient);
      }
      if (fault == Fault.DEFER_RECIPIENT) {
        throw new RejectException(451, "later, " + recipient);
      }
      if (fault == Fault.DROP_AT_RECIPIENT) {
        goAway();
      }
    }

    @Override
    public String data(InputStream content) throws RejectException, IOException {
      byte[] bytes = content.readAllBytes();
      if (fault == Fault.REFUSE_CONTENT) {
        throw new RejectException(554, "looks like spam");
      }
      try {
        take(
            new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)),
            context.getRemoteAddress());
        if (fault == Fault.HANG_AFTER_CONTENT) {
          closed.await();
        }
      } catch (MessagingException e) {
        throw new IOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (fault == Fault.DROP_AFTER_CONTENT) {
        goAway();
      }
      return "taken";
    }

    @Override
    public void done() {
      // nothing is kept between mails
    }

    private void goAway() {
      try {
        // The library's context is its session, which alone can go away without a word.
        ((org.subethamail.smtp.server.Session) context).getSocket().close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
