package dev.orderflow.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.sandbox.journal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody who speaks to the sandbox over HTTP. */
public final class Caller {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String address;
  private final String apiKey;

  public Caller(int port, String apiKey) {
    this.address = "http://127.0.0.1:" + port;
    this.apiKey = apiKey;
  }

  /** What came back. */
  public record Heard(int status, boolean replayed, String body) {

    static Heard of(HttpResponse<String> response) {
      boolean replayed =
          response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
      return new Heard(response.statusCode(), replayed, response.body());
    }

    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + body, e);
      }
    }

    public String text(String field) {
      return json().path(field).asText();
    }

    public String id() {
      return text("id");
    }

    public String declineCode() {
      return json().path("reason").path("code").asText();
    }

    public List<JsonNode> lines() {
      return body.lines().map(line -> new Heard(status, replayed, line).json()).toList();
    }
  }

  public Heard charge(String key, String reference, String token) throws IOException {
    return post("/v1/charges", key, order(reference, token));
  }

  public Heard authorize(String key, String reference, String token) throws IOException {
    return post("/v1/authorizations", key, order(reference, token));
  }

  public Heard capture(String key, String authorization) throws IOException {
    return post("/v1/authorizations/" + authorization + "/capture", key, "{}");
  }

  public Heard voiding(String key, String authorization) throws IOException {
    return post("/v1/authorizations/" + authorization + "/void", key, "");
  }

  public Heard refund(String key, String payment, long amount) throws IOException {
    return post("/v1/charges/" + payment + "/refunds", key, "{\"amount\":" + amount + "}");
  }

  public CompletableFuture<Heard> chargeLater(String key, String reference, String token) {
    return HTTP.sendAsync(
            posting("/v1/charges", order(reference, token)).header("Idempotency-Key", key).build(),
            BodyHandlers.ofString())
        .thenApply(Heard::of);
  }

  public Heard post(String path, String key, String body) throws IOException {
    return send(posting(path, body).header("Idempotency-Key", key).build());
  }

  public Heard postWithoutKey(String path, String body) throws IOException {
    return send(posting(path, body).build());
  }

  public Heard operation(String key) throws IOException {
    return get("/v1/operations?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
  }

  public Heard close(String key) throws IOException {
    String path = "/v1/operations?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    return send(request(path).DELETE().build());
  }

  /** Without keys: found by the merchant reference and this metadata. */
  public Heard chargePlain(String metadata, String reference, String token) throws IOException {
    return send(
        posting("/plain/v1/charges", order(reference, token))
            .header("Sandbox-Metadata", metadata)
            .build());
  }

  /** By a channel of the merchant's. */
  public Heard chargeBy(String channel, String key, String reference, String token)
      throws IOException {
    return send(
        posting("/v1/charges", order(reference, token))
            .header("Idempotency-Key", key)
            .header("Sandbox-Channel", channel)
            .build());
  }

  public List<JsonNode> log() throws IOException {
    return get("/v1/log").lines();
  }

  public List<JsonNode> log(String reference) throws IOException {
    return get("/v1/log?merchantReference=" + reference).lines();
  }

  public Heard get(String path) throws IOException {
    return send(request(path).build());
  }

  /** A charge or authorization of 10.00 EUR. */
  public static String order(String reference, String token) {
    return """
        {"merchantReference":"%s","token":"%s","amount":1000,"currency":"EUR"}"""
        .formatted(reference, token);
  }

  private HttpRequest.Builder posting(String path, String body) {
    return request(path).POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + apiKey);
  }

  private static Heard send(HttpRequest request) throws IOException {
    try {
      return Heard.of(HTTP.send(request, BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
