package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.callback.CallbackTarget;
import dev.orderflow.sandbox.journal.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells of events by signed POST requests, each again and again until it is acknowledged. */
final class StripeWebhooks implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Optional<CallbackTarget> target;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ScheduledExecutorService sender =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stripe-webhooks");
            thread.setDaemon(true);
            return thread;
          });

  StripeWebhooks(Optional<CallbackTarget> target, Clock clock) {
    this.target = target;
    this.clock = clock;
  }

  void tell(String type, ObjectNode object) {
    if (target.isEmpty()) {
      return;
    }
    ObjectNode event =
        Json.MAPPER
            .createObjectNode()
            .put("id", "evt_" + UUID.randomUUID().toString().replace("-", ""))
            .put("object", "event")
            .put("type", type)
            .put("api_version", "2026-07-29.dahlia")
            .put("created", clock.instant().getEpochSecond())
            .put("livemode", false)
            .put("pending_webhooks", 1);
    event.putObject("data").set("object", object.deepCopy());
    String body = Json.line(event);
    sender.execute(() -> send(body, FIRST_PAUSE));
  }

  private void send(String body, Duration pause) {
    if (!acknowledged(body) && !sender.isShutdown()) {
      Duration next = pause.multipliedBy(2);
      sender.schedule(
          () -> send(body, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next),
          pause.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private boolean acknowledged(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(target.orElseThrow().url())
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Stripe-Signature", target.orElseThrow().signature(body, clock.instant()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (java.io.IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
