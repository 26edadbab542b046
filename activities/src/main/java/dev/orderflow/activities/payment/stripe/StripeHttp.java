package dev.orderflow.activities.payment.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries the library's requests. The library's own client allows its time-out to each read, so
 * that an answer that trickles takes for ever; here it is for the whole answer. It also tells
 * Stripe nothing of this machine.
 */
final class StripeHttp extends HttpClient {
  private static final String TELEMETRY = "X-Stripe-Client-";

  private final java.net.http.HttpClient http;

  /**
   * @param connectTimeout for a connection to come about
   */
  StripeHttp(Duration connectTimeout) {
    http =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    Duration left = Duration.ofMillis(request.options().getReadTimeout());
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(
            outgoing(request).timeout(left.plusMillis(1)).build(), BodyHandlers.ofString());
    try {
      HttpResponse<String> answer = exchange.get(left.toNanos(), TimeUnit.NANOSECONDS);
      return new StripeResponse(
          answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
    } catch (ExecutionException e) {
      throw lost(e.getCause());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw lost(e);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw lost(e);
    }
  }

  private static HttpRequest.Builder outgoing(StripeRequest request) {
    HttpRequest.Builder outgoing =
        HttpRequest.newBuilder(URI.create(request.url().toString()))
            .header("User-Agent", "orderflow stripe-java/" + Stripe.VERSION);
    request
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(TELEMETRY)) {
                values.forEach(value -> outgoing.header(name, value));
              }
            });
    HttpContent content = request.content();
    if (content == null) {
      return outgoing.method(request.method().name(), BodyPublishers.noBody());
    }
    return outgoing
        .setHeader("Content-Type", content.contentType())
        .method(request.method().name(), BodyPublishers.ofByteArray(content.byteArrayContent()));
  }

  private static ApiConnectionException lost(Throwable failure) {
    return new ApiConnectionException("no answer", failure);
  }
}
