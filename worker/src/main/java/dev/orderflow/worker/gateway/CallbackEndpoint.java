package dev.orderflow.worker.gateway;

import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxUnavailable;
import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.activities.payment.CallbackRefused;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.metrics.Latency;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /callbacks/{channel}}: verified by the channel over the raw bytes, stored once, and
 * only then acknowledged.
 */
final class CallbackEndpoint {

  /** More than any provider's event needs. */
  static final int LARGEST = 256 * 1024;

  private static final String NO_CHANNEL = "none";
  private static final Logger LOG = LoggerFactory.getLogger(CallbackEndpoint.class);

  private final Map<String, Callbacks> channels;
  private final Function<Hint, Inbox.Stored> inbox;
  private final Runnable stored;
  private final MeterRegistry meters;

  /**
   * @param channels by name, those whose providers call back
   * @param inbox keeps an event; when it returns, it survives
   * @param stored told after an event was stored
   */
  CallbackEndpoint(
      Map<String, Callbacks> channels,
      Function<Hint, Inbox.Stored> inbox,
      Runnable stored,
      MeterRegistry meters) {
    this.channels = Map.copyOf(channels);
    this.inbox = inbox;
    this.stored = stored;
    this.meters = meters;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/callbacks/{channel}", this::receive);
  }

  private void receive(Context context) {
    String channel = context.pathParam("channel");
    Optional<Callbacks> callbacks = Optional.ofNullable(channels.get(channel));
    // A name that somebody made up is neither logged nor counted by.
    String known = callbacks.isPresent() ? channel : NO_CHANNEL;
    Reception reception =
        callbacks.isEmpty() ? Reception.UNKNOWN_CHANNEL : receive(context, known, callbacks.get());
    meters
        .counter("orderflow.callbacks", "channel", known, "reception", reception.word())
        .increment();
    if (reception.status() == 200) {
      Replies.received(context);
    } else {
      Replies.refused(context, reception.status());
    }
  }

  private Reception receive(Context context, String channel, Callbacks callbacks) {
    if (!RequestBody.isJson(context)) {
      return refused(channel, Reception.NOT_JSON, "its content type is not application/json");
    }
    try {
      Optional<byte[]> body = RequestBody.read(context, LARGEST);
      if (body.isEmpty()) {
        return refused(channel, Reception.TOO_LARGE, "more than " + LARGEST + " bytes");
      }
      Callback callback = new Callback(context.headerMap(), body.get(), Instant.now());
      return store(channel, callbacks.read(callback));
    } catch (IOException e) {
      return refused(channel, Reception.MALFORMED, "its body does not end as it should");
    } catch (CallbackRefused e) {
      return refused(channel, Reception.of(e.why()), e.getMessage());
    } catch (InboxUnavailable e) {
      return refused(channel, Reception.NOT_STORED, Refusal.cause(e));
    } catch (RuntimeException | StackOverflowError e) {
      // Its message may repeat what was sent.
      return refused(channel, Reception.BROKEN, e.getClass().getName());
    }
  }

  private Reception store(String channel, CallbackEvent event) {
    Inbox.Stored found = inbox.apply(Hint.of(channel, event));
    if (found == Inbox.Stored.KNOWN) {
      return Reception.DUPLICATE;
    }
    Latency.timer("orderflow.callbacks.lag", "From the provider's time until we stored it")
        .tag("channel", channel)
        .register(meters)
        .record(Latency.notNegative(Duration.between(event.createdAt(), Instant.now())));
    stored.run();
    return Reception.STORED;
  }

  private static Reception refused(String channel, Reception reception, String why) {
    LOG.warn("A callback for channel '{}' was refused, {}: {}", channel, reception, why);
    return reception;
  }
}
