package dev.orderflow.worker.gateway;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** Short bodies that reveal nothing. */
final class Replies {

  private Replies() {}

  static void received(Context context) {
    json(context, 200, "{\"received\":true}");
  }

  static void refused(Context context, int status) {
    json(context, status, "{\"error\":\"" + word(status) + "\"}");
  }

  static void json(Context context, int status, String body) {
    context.status(status).contentType("application/json");
    // As bytes: a string would be sent in the charset that the content type does not name.
    context.result(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String word(int status) {
    return switch (status) {
      case 400 -> "bad request";
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not found";
      case 405 -> "method not allowed";
      case 413 -> "too large";
      case 415 -> "unsupported media type";
      case 503 -> "unavailable";
      default -> "not possible";
    };
  }
}
