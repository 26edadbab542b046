package dev.orderflow.activities.payment;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A provider over real sockets that keeps its keys, and misbehaves as told. */
final class FakeProvider implements AutoCloseable {
  /** What befalls the next POST. */
  enum Fault {
    ERROR_BEFORE,
    ERROR_AFTER,
    HANG_BEFORE,
    HANG_AFTER,
    RESET,
    IN_FLIGHT,
    OTHER_AMOUNT,
    GARBAGE,
    HALF_AN_ANSWER,
    DECLINE,
    LAPSED,
    WAITS,
    SLOW
  }

  private static final String API_KEY = "sk_test";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch slowArrived = new CountDownLatch(1);
  private final CountDownLatch slowMayGo = new CountDownLatch(1);
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();
  private final List<String> requests = new ArrayList<>();
  private boolean visible = true;

  FakeProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A local attempt is given up soon, a regular one hardly ever. */
  SandboxConfig config() {
    return config(4);
  }

  SandboxConfig config(int maxInFlight) {
    return new SandboxConfig(
        uri(),
        Secret.of(API_KEY),
        null,
        Duration.ofMillis(400),
        Duration.ofSeconds(20),
        maxInFlight);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized void next(Fault... given) {
    faults.addAll(List.of(given));
  }

  /** What has happened is not found any more, or again. */
  synchronized void seeing(boolean everything) {
    visible = everything;
  }

  /** Waits for the request that is to be slow. */
  void awaitSlow() throws InterruptedException {
    slowArrived.await();
  }

  void letSlowGo() {
    slowMayGo.countDown();
  }

  /** What it did, for good, of one kind. */
  synchronized List<ObjectNode> done(String kind) {
    return byKey.values().stream()
        .filter(object -> object.path("object").asText().equals(kind))
        .filter(object -> object.path("status").asText().equals("succeeded"))
        .toList();
  }

  /** How many POSTs came in. */
  synchronized long posts() {
    return requests.stream().filter(request -> request.startsWith("POST")).count();
  }

  /** As if done in the provider's dashboard. */
  synchronized String byHand(String kind, String parent, long amount, String merchantReference) {
    ObjectNode object = object(kind, amount, "EUR", merchantReference);
    object.put("parent", parent);
    byKey.put("dashboard/" + byKey.size(), object);
    return object.path("id").asText();
  }

  /** The customer pays, or not, on the provider's page. */
  synchronized void customer(StepKey key, String status) {
    ObjectNode payment = byKey.get(key.toString());
    payment.put("status", status);
    if (status.equals("declined")) {
      payment.putObject("reason").put("code", "cancelled").put("message", "Not paid.");
    }
  }

  /** It still waits for the customer, but not for long any more. */
  synchronized void expires(StepKey key) {
    ((ObjectNode) byKey.get(key.toString()).path("nextAction"))
        .put("expiresAt", Instant.now().minusSeconds(600).toString());
  }

  /** What it knows under the key says another amount. */
  synchronized void changeAmount(StepKey key, long amount) {
    byKey.get(key.toString()).put("amount", amount);
  }

  @Override
  public void close() {
    closed.countDown();
    slowMayGo.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      synchronized (this) {
        requests.add(exchange.getRequestMethod() + " " + path);
      }
      if (!("Bearer " + API_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        reply(exchange, 401, "{\"code\":\"unauthorized\",\"message\":\"Not our key.\"}");
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        closing(path);
        question(exchange, path);
      } else if (exchange.getRequestMethod().equals("GET")) {
        question(exchange, path);
      } else {
        request(exchange, path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void closing(String path) {
    ObjectNode open = byKey.get(URLDecoder.decode(path.substring(19), StandardCharsets.UTF_8));
    if (open != null && open.path("status").asText().equals("pending")) {
      open.put("status", "declined");
      open.putObject("reason").put("code", "closed").put("message", "Closed.");
    }
  }

  private void question(HttpExchange exchange, String path) throws IOException {
    ObjectNode found = null;
    synchronized (this) {
      if (path.endsWith("/movements")) {
        found = movements(path.split("/")[3]);
      } else if (path.startsWith("/v1/operations?key=") && visible) {
        found = byKey.get(URLDecoder.decode(path.substring(19), StandardCharsets.UTF_8));
      } else if (path.startsWith("/v1/objects/")) {
        found =
            byKey.values().stream()
                .filter(object -> path.endsWith("/" + object.path("id").asText()))
                .findFirst()
                .orElse(null);
      }
    }
    if (found == null) {
      reply(exchange, 404, "{\"code\":\"not_found\",\"message\":\"Nothing here.\"}");
    } else {
      reply(exchange, 200, found.toString());
    }
  }

  /** What was done to a payment, also by way of what was done to it. */
  private ObjectNode movements(String payment) {
    Set<String> ids = new HashSet<>(Set.of(payment));
    ObjectNode movements = JsonNodeFactory.instance.objectNode();
    ArrayNode objects = movements.putArray("objects");
    for (ObjectNode object : byKey.values()) {
      boolean declined = object.path("status").asText().equals("declined");
      if (!declined && ids.contains(object.path("parent").asText())) {
        ids.add(object.path("id").asText());
        objects.add(object);
      }
    }
    return movements;
  }

  private void request(HttpExchange exchange, String path)
      throws IOException, InterruptedException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Fault fault;
    synchronized (this) {
      fault = faults.poll();
    }
    if (fault == Fault.ERROR_BEFORE) {
      reply(exchange, 500, "{\"code\":\"error\",\"message\":\"Failed.\",\"executed\":false}");
      return;
    }
    if (fault == Fault.IN_FLIGHT) {
      reply(exchange, 409, "{\"code\":\"in_flight\",\"message\":\"Still running.\"}");
      return;
    }
    if (fault == Fault.HANG_BEFORE) {
      closed.await();
      return;
    }
    if (fault == Fault.SLOW) {
      slowArrived.countDown();
      slowMayGo.await();
    }
    ObjectNode object = carriedOut(key, path, body, fault);
    if (object == null) {
      reply(exchange, 422, "{\"code\":\"key_reused\",\"message\":\"Another request.\"}");
      return;
    }
    tell(exchange, object, fault);
  }

  private void tell(HttpExchange exchange, ObjectNode object, Fault fault)
      throws IOException, InterruptedException {
    if (fault == Fault.HANG_AFTER) {
      closed.await();
    } else if (fault == Fault.ERROR_AFTER) {
      reply(exchange, 500, "{\"code\":\"error\",\"message\":\"Something failed.\"}");
    } else if (fault == Fault.GARBAGE) {
      reply(exchange, 200, "<html>All is well</html>");
    } else if (fault == Fault.HALF_AN_ANSWER) {
      exchange.sendResponseHeaders(200, 10_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      closed.await();
    } else if (fault != Fault.RESET) { // closed without an answer
      int status =
          switch (object.path("status").asText()) {
            case "succeeded" -> 200;
            case "pending" -> 202;
            default -> 402;
          };
      reply(exchange, status, object.toString());
    }
  }

  private synchronized ObjectNode carriedOut(String key, String path, String body, Fault fault)
      throws IOException {
    if (!(path + body).equals(bodies.getOrDefault(key, path + body))) {
      return null;
    }
    bodies.put(key, path + body);
    ObjectNode known = byKey.get(key);
    if (known != null) {
      return known;
    }
    JsonNode asked = Json.MAPPER.readTree(body);
    String[] words = path.split("/");
    ObjectNode parent = words.length > 3 ? byId(words[3]) : asked.deepCopy();
    String kind = words.length > 3 ? words[4].replace("refunds", "refund") : "";
    if (kind.isEmpty()) {
      kind = words[2].equals("charges") ? "charge" : "authorization";
    }
    long amount = asked.path("amount").asLong(parent.path("amount").asLong());
    ObjectNode object =
        object(
            kind,
            fault == Fault.OTHER_AMOUNT ? amount - 1 : amount,
            parent.path("currency").asText(),
            parent.path("merchantReference").asText());
    if (parent.has("id")) {
      object.set("parent", parent.get("id"));
    }
    if (fault == Fault.DECLINE) {
      object.put("status", "declined");
      object
          .putObject("reason")
          .put("code", "insufficient_funds")
          .put("message", "The card has insufficient funds.");
    }
    if (fault == Fault.LAPSED) {
      object.put("status", "declined");
      object
          .putObject("reason")
          .put("code", "authorization_expired")
          .put("message", "The authorization is not held any more.");
    }
    if (fault == Fault.WAITS) {
      object.put("status", "pending");
      object
          .putObject("nextAction")
          .put("type", "redirect")
          .put("url", "http://127.0.0.1/pay/" + object.path("id").asText())
          .put("expiresAt", Instant.now().plusSeconds(600).truncatedTo(SECONDS).toString());
    }
    byKey.put(key, object);
    return object;
  }

  private ObjectNode byId(String id) {
    return byKey.values().stream()
        .filter(object -> object.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private ObjectNode object(String kind, long amount, String currency, String reference) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", kind + "_" + (byKey.size() + 1) + "_" + reference)
        .put("object", kind)
        .put("status", "succeeded")
        .put("amount", amount)
        .put("currency", currency)
        .put("merchantReference", reference);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
