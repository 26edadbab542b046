package dev.orderflow.drill.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the provider and the mail sink say themselves. */
public final class Outside {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI sandbox;
  private final String apiKey;

  public Outside(URI sandbox, String apiKey) {
    this.sandbox = sandbox;
    this.apiKey = apiKey;
  }

  /**
   * What the provider did, declines left out.
   *
   * @param id the provider's name for it
   * @param object {@code charge}, {@code authorization}, {@code capture}, {@code void} or {@code
   *     refund}
   */
  public record Effect(String id, String order, String object, long amount, String key) {}

  /** A mail as it was transmitted, once or more. */
  public record Transmission(String messageId) {}

  public List<Effect> effects() {
    return effects("succeeded");
  }

  /** Payments that have waited for their customer, whatever became of them. */
  public List<Effect> waits() {
    return effects("pending");
  }

  private List<Effect> effects(String status) {
    return lines("/v1/log")
        .filter(line -> line.get("status").asText().equals(status))
        .map(
            line ->
                new Effect(
                    line.get("id").asText(),
                    line.get("merchantReference").asText(),
                    line.get("object").asText(),
                    line.get("amount").asLong(),
                    line.path("idempotencyKey").asText()))
        .toList();
  }

  public List<Effect> effects(OrderId order) {
    return effects().stream().filter(effect -> effect.order().equals(order.value())).toList();
  }

  public List<Transmission> mails() {
    return lines("/mail").map(line -> new Transmission(line.get("messageId").asText())).toList();
  }

  /** The customer presses the button of the provider's page. */
  public void pay(URI page) {
    HttpRequest request =
        HttpRequest.newBuilder(page).POST(HttpRequest.BodyPublishers.noBody()).build();
    send(request);
  }

  /** Whether the provider has begun with the call and not ended it. */
  public boolean isAtWorkOn(StepKey key) {
    String query = URLEncoder.encode(key.toString(), StandardCharsets.UTF_8);
    return get("/v1/operations?key=" + query).statusCode() == 409;
  }

  private Stream<JsonNode> lines(String path) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : get(path).body().split("\n")) {
      if (!line.isBlank()) {
        try {
          lines.add(Json.MAPPER.readTree(line));
        } catch (IOException e) {
          throw new IllegalStateException("not JSON: " + line, e);
        }
      }
    }
    return lines.stream();
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.resolve(path))
            .header("Authorization", "Bearer " + apiKey)
            .build();
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
