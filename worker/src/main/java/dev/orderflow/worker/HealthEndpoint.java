package dev.orderflow.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.HealthConfig;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health}: 200 with status {@code UP} when Temporal and the database answer, otherwise
 * 503. Two paths and no framework: the JDK's own server is enough.
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

  private HealthEndpoint(HttpServer server, BooleanSupplier temporal, BooleanSupplier database) {
    this.server = server;
    this.temporal = temporal;
    this.database = database;
    server.setExecutor(threads);
    server.createContext("/health", this::answer);
    server.start();
  }

  /** Listens at once; the two are asked anew by every request. */
  static HealthEndpoint open(
      HealthConfig config, BooleanSupplier temporal, BooleanSupplier database) {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    try {
      return new HealthEndpoint(HttpServer.create(address, 0), temporal, database);
    } catch (IOException e) {
      throw new ConfigException(
          "health.port = " + config.port() + ": can't listen there (" + e.getMessage() + ")", e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      Health health = look();
      byte[] body = Json.MAPPER.writeValueAsBytes(health);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(health.status() == Health.State.UP ? 200 : 503, body.length);
      exchange.getResponseBody().write(body);
    }
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
