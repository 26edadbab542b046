package dev.orderflow.activities.payment;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived.
 *
 * @param headers by name, in any case
 * @param body the raw bytes, which the signature covers
 * @param receivedAt against which the timestamp's age is judged
 */
public record Callback(Map<String, String> headers, byte[] body, Instant receivedAt) {

  public Callback {
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
    body = body.clone();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** Without the body: it may be personal. */
  @Override
  public String toString() {
    return "Callback[" + body.length + " bytes, " + receivedAt + "]";
  }
}
