package dev.orderflow.drill.callbacks;

import dev.orderflow.activities.payment.TimestampedSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What the provider tells: the same id and the same bytes in every copy.
 *
 * @param order the order it is about
 */
record Event(String id, String order, byte[] body) {

  private static final String CONTENT =
      """
      {"id":"%s","type":"charge.succeeded","mode":"test","account":"acct_sandbox",\
      "createdAt":"%s","reference":"%s","merchantReference":"%s"}""";

  static Event of(String id, String order, String charge) {
    String content = CONTENT.formatted(id, Instant.now(), charge, order);
    return new Event(id, order, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole request, signed now as the sandbox signs. */
  byte[] request(TimestampedSignature signature, String path) {
    String head =
        """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Sandbox-Signature: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, signature.sign(body, Instant.now()), body.length);
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    System.arraycopy(body, 0, whole, headBytes.length, body.length);
    return whole;
  }
}
