package dev.orderflow.activities.payment.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Acme's test server, as its documentation describes it. */
final class AcmeServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, String> requests = new LinkedHashMap<>();
  private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();

  AcmeServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        reply(exchange, found(path));
      } else {
        ObjectNode made = made(key, path, (ObjectNode) JSON.readTree(body));
        if (body.contains("tok_silent")) {
          closed.await();
        }
        reply(exchange, made);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized ObjectNode found(String path) {
    String word = URLDecoder.decode(path.replaceAll(".*(key=|/)", ""), StandardCharsets.UTF_8);
    ObjectNode byReference =
        byKey.values().stream()
            .filter(known -> known.path("id").asText().equals(word))
            .findFirst()
            .orElseGet(() -> refusal(404, "not_found"));
    return byKey.getOrDefault(word, byReference);
  }

  private synchronized ObjectNode made(String key, String path, ObjectNode asked) {
    if (!(path + asked).equals(requests.getOrDefault(key, path + asked))) {
      return refusal(422, "key_reused");
    }
    requests.put(key, path + asked);
    return byKey.computeIfAbsent(
        key, k -> path.endsWith("/refunds") ? refund(path.split("/")[2], asked) : payment(asked));
  }

  private ObjectNode payment(ObjectNode asked) {
    if (asked.path("token").asText().equals("tok_refused")) {
      return refusal(402, "no_funds");
    }
    ObjectNode made = asked.deepCopy().put("id", "pay_" + byKey.size());
    made.remove("token");
    return made;
  }

  private ObjectNode refund(String payment, ObjectNode asked) {
    ObjectNode paid = found("/" + payment);
    long given =
        byKey.values().stream()
            .filter(known -> known.path("payment").asText().equals(payment))
            .mapToLong(known -> known.path("amount").longValue())
            .sum();
    long amount = asked.path("amount").longValue();
    return given + amount > paid.path("amount").longValue()
        ? refusal(402, "above_payment")
        : paid.deepCopy()
            .put("id", "ref_" + byKey.size())
            .put("payment", payment)
            .put("amount", amount);
  }

  private static ObjectNode refusal(int status, String code) {
    return JSON.createObjectNode().put("status", status).put("code", code).put("message", code);
  }

  private static void reply(HttpExchange exchange, ObjectNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body.path("status").asInt(200), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
