package dev.orderflow.worker.gateway;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What a request carries, as far as it is let in. */
final class RequestBody {

  private RequestBody() {}

  /** Whether it says that it is JSON. */
  static boolean isJson(Context context) {
    String type = Optional.ofNullable(context.header("Content-Type")).orElse("");
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return bare.equals("application/json");
  }

  /**
   * The raw bytes; empty when there are more than {@code most}, of which no more is then read.
   *
   * @throws IOException when the sender stops in the middle
   */
  static Optional<byte[]> read(Context context, int most) throws IOException {
    if (context.req().getContentLengthLong() > most) {
      return Optional.empty();
    }
    byte[] body = context.req().getInputStream().readNBytes(most + 1);
    return body.length > most ? Optional.empty() : Optional.of(body);
  }
}
