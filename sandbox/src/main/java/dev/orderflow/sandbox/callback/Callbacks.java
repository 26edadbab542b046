package dev.orderflow.sandbox.callback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Tells the merchant by signed POST requests, each event again and again until it is acknowledged
 * with 2xx. What is not acknowledged is told again after a restart. Safe for use by many threads.
 */
public final class Callbacks implements AutoCloseable {

  /** Of a payment whose caller named no channel. */
  public static final String DEFAULT_CHANNEL = "sandbox";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Optional<CallbackTarget> target;
  private final Journal journal;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "callback");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean closed;

  /**
   * @param target nobody is told where it is absent
   * @param file what was told, and what of it was acknowledged
   */
  public Callbacks(Optional<CallbackTarget> target, Path file, Clock clock) {
    this.target = target;
    this.journal = Journal.open(file);
    this.clock = clock;
    unacknowledged().forEach(line -> send(line, FIRST_PAUSE));
  }

  /**
   * One line of the journal: an event, or the id of one that was acknowledged.
   *
   * @param channel whose event
   */
  @JsonInclude(Include.NON_NULL)
  private record Line(Event event, String channel, String acknowledged) {
    private Line {
      channel = event != null && channel == null ? DEFAULT_CHANNEL : channel;
    }
  }

  /**
   * Tells of an object.
   *
   * @param times how often the same event is sent at once, however it is acknowledged
   */
  public void tell(Occurrence what, int times) {
    if (target.isEmpty() || times == 0) {
      return;
    }
    Event event =
        new Event(
            "evt_" + UUID.randomUUID().toString().replace("-", ""),
            what.type(),
            Event.MODE,
            Event.ACCOUNT,
            clock.instant(),
            what.reference(),
            what.merchantReference());
    Line line = new Line(event, what.channel(), null);
    journal.force(journal.write(Json.line(line)));
    for (int time = 1; time <= times; time++) {
      send(line, FIRST_PAUSE);
    }
  }

  private void send(Line line, Duration pauseAfterFailure) {
    if (target.isEmpty() || closed) {
      return;
    }
    String body = Json.line(line.event());
    HttpRequest request =
        HttpRequest.newBuilder(target.get().url(line.channel()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Sandbox-Signature", target.get().signature(body, clock.instant()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    http.sendAsync(request, BodyHandlers.discarding())
        .handleAsync(
            (response, failure) -> failure == null && response.statusCode() / 100 == 2, threads)
        .thenAccept(
            acknowledged -> {
              if (acknowledged) {
                acknowledged(line.event());
              } else {
                later(line, pauseAfterFailure);
              }
            });
  }

  private synchronized void acknowledged(Event event) {
    if (!closed) {
      journal.force(journal.write(Json.line(new Line(null, null, event.id()))));
    }
  }

  private void later(Line line, Duration pause) {
    Duration next = pause.multipliedBy(2);
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads)
        .execute(() -> send(line, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next));
  }

  private Iterable<Line> unacknowledged() {
    Map<String, Line> open = new LinkedHashMap<>();
    journal.replay(
        text -> {
          Line line = line(text);
          if (line.event() != null) {
            open.put(line.event().id(), line);
          } else {
            open.remove(line.acknowledged());
          }
        });
    return open.values();
  }

  private static Line line(String text) {
    try {
      return Json.MAPPER.readValue(text, Line.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line of the callback journal is none", e);
    }
  }

  /** What is not acknowledged is told at the next start. */
  @Override
  public synchronized void close() {
    closed = true;
    threads.shutdownNow();
    journal.close();
  }
}
