package dev.orderflow.worker.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of one connection, that sends everything before it looks for an answer. */
final class RawClient implements AutoCloseable {

  /**
   * @param status of HTTP
   * @param head its lines, in lower case
   */
  record Answer(int status, String head, String body) {}

  private final Socket socket;
  private final OutputStream out;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    out = socket.getOutputStream();
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a request whose length is said. */
  Answer post(String path, String headers, byte[] body) throws IOException {
    return send(path, headers + "Content-Length: " + body.length + "\r\n", body);
  }

  /** Sends a request whose body is written as it is: in chunks, or what pretends to be. */
  Answer postChunks(String path, String headers, String chunks) throws IOException {
    return send(
        path,
        headers + "Transfer-Encoding: chunked\r\n",
        chunks.getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends the headers of a request, and waits for what is said to them. */
  Answer postNothing(String path, String headers, int length) throws IOException {
    return send(path, headers + "Content-Length: " + length + "\r\n", new byte[0]);
  }

  private Answer send(String path, String headers, byte[] body) throws IOException {
    out.write(
        ("POST " + path + " HTTP/1.1\r\nHost: here\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    return answer();
  }

  private Answer answer() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after '" + head + "'");
      }
      head.append((char) next);
    }
    String lines = head.toString().toLowerCase(Locale.ROOT);
    int length = Integer.parseInt(lines.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
    return new Answer(
        Integer.parseInt(lines.split(" ", 3)[1]),
        lines,
        new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
