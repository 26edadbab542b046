package dev.orderflow.worker.gateway;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;

/** What a request carries, as far as it is let in. */
final class RequestBody {

  /** Of a body that nobody wants so much is still let pass by, so that its sender hears why. */
  private static final long MOST_UNREAD = 32L * 1024 * 1024;

  private static final Duration LONGEST_UNREAD = Duration.ofSeconds(2);
  private static final String BEGUN = RequestBody.class.getName();

  private RequestBody() {}

  /** Whether it says that it is JSON. */
  static boolean isJson(Context context) {
    String type = Optional.ofNullable(context.header("Content-Type")).orElse("");
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return bare.equals("application/json");
  }

  /**
   * The raw bytes; empty when there are more than {@code most}.
   *
   * @throws IOException when the sender stops in the middle, or its chunks are none
   */
  static Optional<byte[]> read(Context context, int most) throws IOException {
    if (context.req().getContentLengthLong() > most) {
      return Optional.empty();
    }
    context.attribute(BEGUN, true);
    try {
      byte[] body = context.req().getInputStream().readNBytes(most + 1);
      return body.length > most ? Optional.empty() : Optional.of(body);
    } catch (HttpException.RuntimeException e) {
      throw new IOException(e);
    }
  }

  /**
   * Lets what was not read of a request pass by, within limits. A connection that is closed with
   * something unread in it is reset, and the answer with it: a client that is still sending, as
   * most do before they look, would not hear why it was refused. For after the answer was decided,
   * before it is sent.
   */
  static void discardRest(Context context) {
    if (!isComing(context) || !discard(context)) {
      context.header(Header.CONNECTION, "close");
    }
  }

  /** Who waits to be asked for the body is told what is wrong instead. */
  private static boolean isComing(Context context) {
    return context.header("Expect") == null || context.attribute(BEGUN) != null;
  }

  /** Whether the request is at its end. */
  private static boolean discard(Context context) {
    try {
      ServletInputStream rest = context.req().getInputStream();
      byte[] some = new byte[16 * 1024];
      long begin = System.nanoTime();
      for (long unread = 0; unread < MOST_UNREAD; ) {
        int count = rest.read(some);
        if (count < 0) {
          return true;
        }
        unread += count;
        if (System.nanoTime() - begin > LONGEST_UNREAD.toNanos()) {
          return false;
        }
      }
      return false;
    } catch (IOException | HttpException.RuntimeException e) {
      return false;
    }
  }
}
