package dev.orderflow.dev.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.orderflow.dev.Addresses;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What the outside world says happened: the provider's and the mail sink's own logs. */
final class SandboxLogs {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IN_FLIGHT = 409;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI sandbox;
  private final String apiKey;

  SandboxLogs(Addresses addresses) throws IOException {
    this.sandbox = addresses.sandbox();
    this.apiKey = Files.readString(addresses.sandboxApiKeyFile()).strip();
  }

  /** A mail that arrived. */
  record Mail(String messageId, List<String> to, String subject) {}

  /** Everything the provider did or declined, oldest first. */
  List<Movement> movements() throws InterruptedException {
    return lines("/v1/log").stream().map(SandboxLogs::movement).toList();
  }

  /** What the provider did for one order. */
  List<Movement> movements(OrderId order) throws InterruptedException {
    return lines("/v1/log?merchantReference=" + order).stream().map(SandboxLogs::movement).toList();
  }

  /** Whether the provider is at work on it just now, and nothing has come of it yet. */
  boolean isInFlight(StepKey key) throws InterruptedException {
    String query = URLEncoder.encode(key.toString(), StandardCharsets.UTF_8);
    return get("/v1/operations?key=" + query).statusCode() == IN_FLIGHT;
  }

  /** Every transmission of a mail, oldest first; one that was sent twice is there twice. */
  List<Mail> mails() throws InterruptedException {
    return lines("/mail").stream().map(SandboxLogs::mail).toList();
  }

  private static Movement movement(JsonNode line) {
    CurrencyUnit currency = CurrencyUnit.of(line.get("currency").textValue());
    return new Movement(
        line.get("merchantReference").textValue(),
        Movement.Kind.valueOf(constant(line.get("object"))),
        Movement.Result.valueOf(constant(line.get("status"))),
        line.get("id").textValue(),
        Optional.ofNullable(line.path("parent").textValue()),
        Money.ofMinor(currency, line.get("amount").longValue()));
  }

  private static Mail mail(JsonNode line) {
    List<String> to = new java.util.ArrayList<>();
    line.get("to").forEach(address -> to.add(address.textValue()));
    return new Mail(line.get("messageId").textValue(), to, line.get("subject").textValue());
  }

  private static String constant(JsonNode word) {
    return word.textValue().toUpperCase(Locale.ROOT);
  }

  private List<JsonNode> lines(String path) throws InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("the sandbox answers " + answer.statusCode() + " to " + path);
    }
    return answer.body().lines().map(SandboxLogs::json).toList();
  }

  private HttpResponse<String> get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.resolve(path))
            .timeout(Duration.ofSeconds(5))
            .header("Authorization", "Bearer " + apiKey)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox does not answer to " + path, e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of the sandbox's log is not JSON", e);
    }
  }
}
