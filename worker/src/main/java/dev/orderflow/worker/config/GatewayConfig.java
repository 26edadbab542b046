package dev.orderflow.worker.config;

import dev.orderflow.activities.ledger.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where payment providers' callbacks are received.
 *
 * @param listen {@code host:port}, where port 0 takes a free one; 127.0.0.1:8089 when absent
 * @param deliveriesPerSecond to how many orders at most this process passes on what it received, 1
 *     to 1000; 100 when absent. What comes faster waits in the inbox: an answer to a provider comes
 *     before the work that its callback makes
 * @param codec where the Web UI lets payloads be decoded; nowhere when absent
 */
public record GatewayConfig(String listen, Integer deliveriesPerSecond, Optional<Codec> codec) {

  private static final Pattern LISTEN =
      Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\[\\]]+):(\\d{1,5})");
  private static final int LEAST_TOKEN = 16;
  private static final int MOST_DELIVERIES = 1_000;

  /**
   * The decoding for people who may read orders.
   *
   * @param token whoever presents it may read every order; at least 16 characters
   * @param origin the Web UI's, such as {@code https://temporal.example.org}
   */
  public record Codec(Secret token, URI origin) {

    public Codec {
      if (token != null && token.reveal().length() < LEAST_TOKEN) {
        throw new IllegalArgumentException(
            "token: shorter than 16 characters; `openssl rand -hex 32` makes one");
      }
      if (origin != null && !origin.toString().matches("https?://[^/?#@]+")) {
        throw new IllegalArgumentException(
            "origin: '" + origin + "' is not an origin such as https://temporal.example.org");
      }
    }
  }

  public GatewayConfig {
    listen = listen == null ? "127.0.0.1:8089" : listen;
    deliveriesPerSecond = deliveriesPerSecond == null ? 100 : deliveriesPerSecond;
    codec = codec == null ? Optional.empty() : codec;
    if (deliveriesPerSecond < 1 || deliveriesPerSecond > MOST_DELIVERIES) {
      throw new IllegalArgumentException(
          "deliveries-per-second: %d is not from 1 to %d"
              .formatted(deliveriesPerSecond, MOST_DELIVERIES));
    }
    Matcher matcher = LISTEN.matcher(listen);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException(
          "listen: '" + listen + "' is not an address such as 127.0.0.1:8089");
    }
  }

  /** The address to listen on. */
  public InetSocketAddress address() {
    int colon = listen.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        listen.substring(0, colon).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(listen.substring(colon + 1)));
  }
}
