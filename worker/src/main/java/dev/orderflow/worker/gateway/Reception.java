package dev.orderflow.worker.gateway;

import dev.orderflow.activities.payment.CallbackRefused;
import java.util.Locale;

/** What became of a callback. The sender is told no more than the status. */
enum Reception {
  STORED(200),
  /** Stored before: sent again. */
  DUPLICATE(200),
  MALFORMED(400),
  FORGED(401),
  STALE(401),
  NOT_OURS(403),
  UNKNOWN_CHANNEL(404),
  TOO_LARGE(413),
  NOT_JSON(415),
  /** A bug of the channel's. */
  BROKEN(500),
  /** The database did not take it: to be sent again. */
  NOT_STORED(503);

  private final int status;

  Reception(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** As a metric's label. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Reception of(CallbackRefused.Why why) {
    return switch (why) {
      case FORGED -> FORGED;
      case STALE -> STALE;
      case MALFORMED -> MALFORMED;
      case NOT_OURS -> NOT_OURS;
    };
  }
}
