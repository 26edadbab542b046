package dev.orderflow.activities.payment;

import dev.orderflow.activities.settlement.SettlementReports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** The sandbox's settlement reports: one account, whichever of its channels was used. */
final class SandboxSettlements implements SettlementReports {

  private static final Duration FIRST_BYTE = Duration.ofSeconds(30);

  private final SandboxConfig config;
  private final HttpClient http;

  SandboxSettlements(SandboxConfig config) {
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout())
            .build();
  }

  @Override
  public Set<String> covers(String channel) {
    return Set.of(SandboxChannel.NAME, SandboxChannel.WALLET, SandboxChannel.PLAIN);
  }

  @Override
  public Optional<InputStream> open(LocalDate date) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.url() + "/v1/settlements/" + date + ".csv"))
            .header("Authorization", "Bearer " + config.apiKey().reveal())
            .timeout(FIRST_BYTE)
            .GET()
            .build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return Optional.of(response.body());
      }
      response.body().close();
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      throw new IOException("the sandbox answers " + response.statusCode());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
