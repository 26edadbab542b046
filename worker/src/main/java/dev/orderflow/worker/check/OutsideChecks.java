package dev.orderflow.worker.check;

import dev.orderflow.activities.notification.NotificationConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether those who are called answer. Orders wait for them, so no worker needs them to start. */
public final class OutsideChecks {

  private static final int MILLIS = 2_000;

  private OutsideChecks() {}

  /** Listens for the mail server's greeting; sends nothing. */
  public static Finding mail(NotificationConfig config) {
    String subject = "mail server";
    String where = config.host() + ":" + config.port();
    try (Socket socket = connect(config.host(), config.port());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      String greeting = in.readLine();
      return greeting != null && greeting.startsWith("220")
          ? Finding.ok(subject, where)
          : Finding.unreachable(subject, where + " is no mail server", "see [notification]");
    } catch (IOException e) {
      return Finding.unreachable(
          subject, where + " does not answer (" + e.getMessage() + ")", "see [notification]");
    }
  }

  private static Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
