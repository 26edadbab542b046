package dev.orderflow.dev;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.OptionalInt;

/** Asks a page on this machine whether it is there. */
final class Http {
  private static final int PATIENCE_MILLIS = 2_000;

  private Http() {}

  /** Whether a GET is answered with 200, past any proxy, within two seconds. */
  static boolean answersOk(URI address) {
    return status(address).orElse(0) == HttpURLConnection.HTTP_OK;
  }

  /** Whether it is answered at all. */
  static boolean answers(URI address) {
    return status(address).isPresent();
  }

  private static OptionalInt status(URI address) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      try {
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return OptionalInt.of(connection.getResponseCode());
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return OptionalInt.empty();
    }
  }
}
