package dev.orderflow.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.HealthConfig;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /health}: 200 with status {@code UP} when Temporal and the database answer, otherwise
 * 503. {@code GET /metrics}: the figures, as Prometheus reads them. Two paths and no framework: the
 * JDK's own server is enough.
 */
final class HealthEndpoint implements AutoCloseable {

  /** What is answered. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Health(State status, State temporal, State database) {

    /** Whether it answers. */
    enum State {
      UP,
      DOWN;

      static State of(BooleanSupplier up) {
        return up.getAsBoolean() ? UP : DOWN;
      }
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Daemon.named("health"));
  private final BooleanSupplier temporal;
  private final BooleanSupplier database;
  private final Supplier<String> figures;

  private HealthEndpoint(
      HttpServer server,
      BooleanSupplier temporal,
      BooleanSupplier database,
      Supplier<String> figures) {
    this.server = server;
    this.temporal = temporal;
    this.database = database;
    this.figures = figures;
    server.setExecutor(threads);
    server.createContext("/health", exchange -> answer(exchange, this::health));
    server.createContext("/metrics", exchange -> answer(exchange, this::metrics));
    server.start();
  }

  /** Listens at once; the suppliers are asked anew by every request. */
  static HealthEndpoint open(
      HealthConfig config,
      BooleanSupplier temporal,
      BooleanSupplier database,
      Supplier<String> figures) {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    try {
      return new HealthEndpoint(HttpServer.create(address, 0), temporal, database, figures);
    } catch (IOException e) {
      throw new ConfigException(
          "health.port = "
              + config.port()
              + ": can't listen there ("
              + e.getMessage()
              + "); if another worker runs on this machine, such as that of 'orderflow dev', write"
              + " port = 0 into a copy of the configuration, without [gateway], for one more",
          e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private interface Question {
    void answer(HttpExchange exchange) throws IOException;
  }

  private static void answer(HttpExchange exchange, Question question) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        question.answer(exchange);
      } else {
        exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  private void health(HttpExchange exchange) throws IOException {
    Health health = look();
    send(
        exchange,
        health.status() == Health.State.UP ? 200 : 503,
        "application/json",
        Json.MAPPER.writeValueAsBytes(health));
  }

  private void metrics(HttpExchange exchange) throws IOException {
    send(
        exchange,
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        figures.get().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private Health look() {
    Health.State ofTemporal = Health.State.of(temporal);
    Health.State ofDatabase = Health.State.of(database);
    return new Health(
        Health.State.of(() -> ofTemporal == Health.State.UP && ofDatabase == Health.State.UP),
        ofTemporal,
        ofDatabase);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
