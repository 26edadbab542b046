package dev.orderflow.dev;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Asks a page on this machine whether it is there. */
final class Http {
  private static final int PATIENCE_MILLIS = 2_000;

  private Http() {}

  /** Whether a GET is answered with 200, past any proxy, within two seconds. */
  static boolean answersOk(URI address) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      try {
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
