package dev.orderflow.activities.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * One connection to the mail server. Each read and write has its own time limit; an attempt as a
 * whole has a deadline, at which the socket is closed under it.
 */
final class SmtpConnection {
  /**
   * To ask before each message would be one exchange in five. A server that has gone within this
   * time has certainly not taken the message, which is then tried again.
   */
  private static final Duration SURE = Duration.ofSeconds(1);

  private final Sockets sockets = new Sockets();
  private final ScheduledExecutorService clock;
  private final NotificationConfig config;
  private final Session session;
  private final Transport transport;
  private long lastUsed = Long.MIN_VALUE / 2;

  SmtpConnection(NotificationConfig config, ScheduledExecutorService clock)
      throws MessagingException {
    this.clock = clock;
    this.config = config;
    this.session = Session.getInstance(properties());
    this.transport = session.getTransport("smtp");
  }

  Session session() {
    return session;
  }

  /** Begins the time that the connection may be used for; over when the answer is cancelled. */
  Future<?> deadline(Duration timeout) {
    return clock.schedule(sockets::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  void open() throws MessagingException {
    transport.connect(
        config.host(),
        config.port(),
        config.user().orElse(null),
        config.password().map(password -> password.reveal()).orElse(null));
  }

  /** Asks the server whether it is still there, unless it has just taken a message. */
  boolean isAlive() {
    return System.nanoTime() - lastUsed < SURE.toNanos() || transport.isConnected();
  }

  void send(StableMessage message) throws MessagingException {
    transport.sendMessage(message, message.getAllRecipients());
    lastUsed = System.nanoTime();
  }

  /** Says goodbye and closes; whatever fails at that is of no use to anyone. */
  void close() {
    try {
      transport.close();
    } catch (MessagingException e) {
      // closed below
    }
    sockets.close();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.connectiontimeout", millis(config.connectTimeout()));
    properties.put("mail.smtp.timeout", millis(config.readTimeout()));
    properties.put("mail.smtp.writetimeout", millis(config.writeTimeout()));
    properties.put("mail.smtp.executor.writetimeout", clock);
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.auth", Boolean.toString(config.user().isPresent()));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(config.startTls()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(config.startTls()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  /** Makes plain sockets and remembers the last one. Its own closing ends whatever waits on it. */
  private static final class Sockets extends SocketFactory {
    private volatile Socket last = new Socket();

    void close() {
      try {
        last.close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }

    @Override
    public Socket createSocket() {
      last = new Socket();
      return last;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw new IOException("only unconnected sockets");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("only unconnected sockets");
    }
  }
}
