package dev.orderflow.worker.gateway;

import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.GatewayConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes the way of a callback some hundred times before the gateway listens: a JVM that has just
 * started needs for its first requests many times as long as for the others, and a gateway is
 * started again when most is waiting for it. On a port of its own, and nothing is stored.
 */
final class WarmUp {

  /** From some 200 calls on a method is compiled. */
  private static final int REQUESTS = 300;

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final String CHANNEL = "warm-up";
  private static final byte[] BODY = "{\"warm-up\":true}".getBytes(StandardCharsets.UTF_8);
  private static final CallbackEvent EVENT =
      new CallbackEvent(
          CHANNEL,
          CHANNEL,
          Optional.of(CHANNEL),
          Optional.of(CHANNEL),
          CallbackEvent.Mode.TEST,
          Optional.empty(),
          Instant.EPOCH);

  private WarmUp() {}

  /**
   * Ends at once when something does not work: the gateway will say what.
   *
   * @return how many requests were answered
   */
  static int play(Inbox inbox) {
    CallbackEndpoint endpoint =
        new CallbackEndpoint(
            Map.of(CHANNEL, callback -> EVENT),
            hint -> look(inbox, hint),
            () -> {},
            new SimpleMeterRegistry());
    GatewayConfig anywhere = new GatewayConfig("127.0.0.1:0", null, Optional.empty());
    try (GatewayServer stage = GatewayServer.open(anywhere, List.of(endpoint::addTo))) {
      return send(URI.create("http://127.0.0.1:" + stage.port() + "/callbacks/" + CHANNEL));
    } catch (IOException | ConfigException e) {
      // It is only not as warm as it could be.
      return 0;
    }
  }

  /** As much as in earnest, short of writing. */
  private static Inbox.Stored look(Inbox inbox, Hint hint) {
    return inbox.owner(hint).isEmpty() ? Inbox.Stored.NEW : Inbox.Stored.KNOWN;
  }

  private static int send(URI stage) throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    int answered = 0;
    while (answered < REQUESTS && System.nanoTime() < end) {
      HttpURLConnection request = (HttpURLConnection) stage.toURL().openConnection(Proxy.NO_PROXY);
      request.setRequestMethod("POST");
      request.setRequestProperty("Content-Type", "application/json");
      request.setDoOutput(true);
      request.setFixedLengthStreamingMode(BODY.length);
      request.setReadTimeout((int) LONGEST.toMillis());
      try (OutputStream body = request.getOutputStream()) {
        body.write(BODY);
      }
      // Where it was refused there is no answer to read: so it ends.
      try (InputStream answer = request.getInputStream()) {
        answer.readAllBytes();
      }
      answered++;
    }
    return answered;
  }
}
