package dev.orderflow.worker.gateway;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.TimestampedSignature;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request as a provider, or somebody who would like to be one, sends it. */
record Post(String path, Map<String, String> headers, byte[] body, Length length) {

  /** Whether the request says how long its body is. */
  enum Length {
    SAID,
    CHUNKED
  }

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** An event as the provider sends it now. */
  static Post event(String id, String merchantReference) {
    return signed(text(id, merchantReference));
  }

  static String text(String id, String merchantReference) {
    return """
        {"id":"%s","type":"payment.paid","mode":"live","account":"acct_1",
         "createdAt":"%s","reference":"pi_%s","merchantReference":"%s"}
        """
        .formatted(id, Instant.now(), id, merchantReference);
  }

  static Post signed(String text) {
    return signed(text, CallingChannel.NEW, Instant.now());
  }

  static Post signed(String text, Secret secret, Instant at) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return json(body)
        .with(CallingChannel.HEADER, new TimestampedSignature(List.of(secret)).sign(body, at));
  }

  static Post json(byte[] body) {
    return new Post(
        "/callbacks/" + CallingChannel.NAME,
        Map.of("Content-Type", "application/json"),
        body,
        Length.SAID);
  }

  Post with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Post(path, more, body, length);
  }

  Post to(String other) {
    return new Post(other, headers, body, length);
  }

  Post chunked() {
    return new Post(path, headers, body, Length.CHUNKED);
  }

  HttpResponse<String> send(int port) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(
                length == Length.SAID
                    ? BodyPublishers.ofByteArray(body)
                    : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
