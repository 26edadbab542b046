package dev.orderflow.worker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.worker.config.GatewayConfig;
import dev.orderflow.workflows.payload.AesGcmCodec;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DefaultDataConverter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the Web UI is shown of what is stored encrypted. */
class CodecEndpointTest {

  private static final String UI = "https://temporal.example.org";
  private static final String TOKEN = "a token of some length";
  private static final AesGcmCodec CODEC = new AesGcmCodec(Map.of("k1", new byte[32]), "k1");
  private static final Payload PLAIN =
      DefaultDataConverter.STANDARD_INSTANCE.toPayload("an address").orElseThrow();

  static GatewayServer server;

  @BeforeAll
  static void open() {
    GatewayConfig.Codec config = new GatewayConfig.Codec(Secret.of(TOKEN), URI.create(UI));
    server =
        GatewayServer.open(
            new GatewayConfig("127.0.0.1:0", null, Optional.of(config)),
            List.of(new CodecEndpoint(CODEC, config)::addTo));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void whoHasTheTokenIsShownWhatWasEncrypted() throws Exception {
    Post request = encrypted().with("Authorization", "Bearer " + TOKEN).with("X-Namespace", "shop");
    assertThat(new String(request.body(), StandardCharsets.UTF_8)).doesNotContain("an address");

    HttpResponse<String> answer = request.with("Origin", UI).send(server.port());

    assertThat(answer.statusCode()).isEqualTo(200);
    Payloads.Builder decoded = Payloads.newBuilder();
    JsonFormat.parser().merge(answer.body(), decoded);
    assertThat(decoded.getPayloadsList()).containsExactly(PLAIN, PLAIN);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void nobodyElseIs() throws Exception {
    assertThat(encrypted().send(server.port()).statusCode()).isEqualTo(401);
    assertThat(encrypted().with("Authorization", "Bearer guessed").send(server.port()).body())
        .isEqualTo("{\"error\":\"unauthorized\"}");
    assertThat(encrypted().with("Authorization", TOKEN).send(server.port()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void pagesOfOtherOriginsAreNotAnswered() throws Exception {
    HttpResponse<String> answer =
        encrypted()
            .with("Authorization", "Bearer " + TOKEN)
            .with("Origin", "https://elsewhere.example")
            .send(server.port());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void aBrowserIsToldThatTheWebUisPageMayAsk() throws Exception {
    HttpResponse<String> ours = preflight(UI);
    HttpResponse<String> other = preflight("https://elsewhere.example");

    assertThat(ours.statusCode()).isEqualTo(204);
    assertThat(ours.headers().firstValue("Access-Control-Allow-Origin")).contains(UI);
    assertThat(ours.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization,content-type,x-namespace");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void whatItHasNoKeyForAndWhatIsNoPayloadIsRefused() throws Exception {
    AesGcmCodec foreign = new AesGcmCodec(Map.of("k2", new byte[32]), "k2");

    assertThat(authorized(request(foreign.encode(List.of(PLAIN)))).statusCode()).isEqualTo(400);
    assertThat(authorized(post("no JSON")).statusCode()).isEqualTo(400);
    assertThat(authorized(post("{\"payloads\":" + "[".repeat(5_000))).statusCode()).isEqualTo(400);
    assertThat(authorized(post("{}").with("Content-Type", "text/plain")).statusCode())
        .isEqualTo(415);
    assertThat(authorized(post(" ".repeat(8 * 1024 * 1024 + 1))).statusCode()).isEqualTo(413);
  }

  private static HttpResponse<String> authorized(Post post) throws Exception {
    return post.with("Authorization", "Bearer " + TOKEN).send(server.port());
  }

  private static HttpResponse<String> preflight(String origin) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/codec/decode");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .build(),
            BodyHandlers.ofString());
  }

  private static Post encrypted() throws Exception {
    return request(CODEC.encode(List.of(PLAIN, PLAIN)));
  }

  private static Post request(List<Payload> payloads) throws Exception {
    return post(JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(payloads)));
  }

  private static Post post(String text) {
    return Post.json(text.getBytes(StandardCharsets.UTF_8)).to("/codec/decode");
  }
}
