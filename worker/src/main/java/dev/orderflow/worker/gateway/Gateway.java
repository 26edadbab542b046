package dev.orderflow.worker.gateway;

import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.worker.config.CodecConfig;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.GatewayConfig;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what payment providers tell by themselves, and tells the orders. Any number of processes
 * may be one, before the same database.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final GatewayConfig config;
  private final Map<String, Callbacks> channels;
  private final DeliveryLoop loop;
  private final GatewayServer server;

  /**
   * Listens at once; what it receives is stored, and delivered after {@link #begin}.
   *
   * @throws ConfigException when it can't listen, or there is no codec to serve
   */
  @Inject
  Gateway(
      GatewayConfig config,
      CodecConfig codec,
      Map<String, PaymentChannel> channels,
      Inbox inbox,
      Reports reports,
      MeterRegistry meters) {
    this.config = config;
    this.channels = callbacks(channels);
    this.loop =
        new DeliveryLoop(inbox, new Delivery(inbox, reports, meters), config.deliveriesPerSecond());
    List<Consumer<RoutesConfig>> endpoints = new ArrayList<>();
    endpoints.add(new CallbackEndpoint(this.channels, inbox::store, loop::nudge, meters)::addTo);
    config.codec().ifPresent(served -> endpoints.add(codec(codec, served)::addTo));
    this.server = GatewayServer.open(config, endpoints);
  }

  /** For a process that does nothing else, before its gateway is made: takes up to 2 seconds. */
  public static void warmUp(Inbox inbox) {
    WarmUp.play(inbox);
  }

  private static Map<String, Callbacks> callbacks(Map<String, PaymentChannel> channels) {
    Map<String, Callbacks> callbacks = new TreeMap<>();
    channels.forEach(
        (name, channel) -> channel.callbacks().ifPresent(reader -> callbacks.put(name, reader)));
    return callbacks;
  }

  private static CodecEndpoint codec(CodecConfig codec, GatewayConfig.Codec served) {
    return new CodecEndpoint(
        codec
            .payloadCodec()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "gateway.codec: there is nothing to decode with codec.mode = \"none\";"
                            + " remove it")),
        served);
  }

  /** Delivers, what earlier processes left behind too. */
  public void begin() {
    loop.start();
    String host = config.address().getHostString();
    LOG.info(
        "Callbacks at http://{}:{}/callbacks/CHANNEL, of {}",
        host.contains(":") ? "[" + host + "]" : host,
        port(),
        channels.isEmpty()
            ? "no channel that is configured"
            : String.join(", ", channels.keySet()));
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Accepts nothing more, finishes what was begun within 6 seconds; the rest is in the inbox. */
  @Override
  public void close() {
    server.close();
    loop.close();
  }
}
