package dev.orderflow.drill.callbacks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One kept-alive connection to a gateway, opened when it is needed: what a sender costs itself
 * should not be what is measured. For one thread.
 */
final class Wire implements AutoCloseable {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 10_000;

  /** The gateway closes what was idle for ten seconds. */
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int port;
  private int phase;
  private long usedNanos;
  private Socket socket;
  private InputStream in;

  Wire(int port) {
    this.port = port;
  }

  /** Nobody listens. */
  static final class NotReached extends IOException {
    NotReached(IOException cause) {
      super(cause);
    }
  }

  /**
   * Connects where it is not connected to this very process, or was not used for long.
   *
   * @param current see {@link GatewayProcess#phase}
   * @throws NotReached when nobody listens
   */
  void open(int current) throws NotReached {
    if (socket != null && current == phase && System.nanoTime() - usedNanos < STALE_NANOS) {
      return;
    }
    close();
    phase = current;
    try {
      socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), 1024);
      usedNanos = System.nanoTime();
    } catch (IOException e) {
      close();
      throw new NotReached(e);
    }
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @return the status
   * @throws IOException when there was none; the connection is then closed
   */
  int exchange(byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
      int status = Integer.parseInt(line().split(" ", 3)[1]);
      int length = 0;
      boolean last = false;
      for (String header = line(); !header.isEmpty(); header = line()) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring(15).strip());
        }
        last |= lower.equals("connection: close");
      }
      in.skipNBytes(length);
      usedNanos = System.nanoTime();
      if (last) {
        close();
      }
      return status;
    } catch (IOException | RuntimeException e) {
      close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException gone) {
      // it is closed
    }
    socket = null;
  }
}
