package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.sandbox.RunningSandbox;
import dev.orderflow.sandbox.journal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;

/** Who is told by callbacks, and looks at their signatures. */
final class Merchant implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> told = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private int refusals;
  private int forged;

  Merchant() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/callbacks", this::hear);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/callbacks/wallet");
  }

  /** Behind which the channel's name is put. */
  URI urlOfAllChannels() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/callbacks/");
  }

  /** Where, and what: as {@code /callbacks/wallet charge.succeeded}, in alphabetical order. */
  synchronized List<String> toldWhere() {
    return paths.stream().sorted().toList();
  }

  /** The next so many callbacks are not acknowledged. */
  synchronized void refuses(int times) {
    refusals = times;
  }

  synchronized List<JsonNode> told() {
    return List.copyOf(told);
  }

  synchronized int forged() {
    return forged;
  }

  /** Waits until so many callbacks have come. */
  List<JsonNode> await(int callbacks) {
    Awaitility.await().until(() -> told().size() >= callbacks);
    return told();
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String signature = exchange.getRequestHeaders().getFirst("Sandbox-Signature");
      synchronized (this) {
        forged += isGenuine(signature, body) ? 0 : 1;
        told.add(Json.MAPPER.readTree(body));
        paths.add(exchange.getRequestURI() + " " + told.get(told.size() - 1).path("type").asText());
        exchange.sendResponseHeaders(refusals-- > 0 ? 503 : 204, -1);
      }
    }
  }

  private static boolean isGenuine(String signature, String body) {
    String timestamp = signature.replaceFirst("t=(\\d+),v1=.*", "$1");
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(RunningSandbox.KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] digest = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      return signature.endsWith(",v1=" + HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
