package dev.orderflow.worker.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.activities.inbox.Inbox.Stored;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.workflows.order.OrderId;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes in over HTTP: believed, stored once, acknowledged; or refused in few words. */
@Timeout(60)
class CallbackEndpointTest {

  static GatewayHouse house;
  static Gateway gateway;
  static int tests;

  /** The gateway remembers what it has seen: each test has events of its own. */
  final String first = "evt_" + ++tests;

  @BeforeAll
  static void open() throws Exception {
    house = new GatewayHouse();
    gateway = house.gateway();
  }

  @AfterAll
  static void close() throws Exception {
    gateway.close();
    house.close();
  }

  @BeforeEach
  void empty() {
    house.empty();
  }

  @Test
  void aGatewayWarmsUpBeforeItListensAndNothingOfThatIsLeft() {
    assertThat(WarmUp.play(house.inbox)).isPositive();

    assertThat(house.inbox.list(Optional.empty(), 1)).isEmpty();
  }

  @Test
  void whatIsAcknowledgedIsStored() throws Exception {
    HttpResponse<String> answer = Post.event(first, "ord").send(gateway.port());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"received\":true}");
    assertThat(house.only().hint().reference()).contains("pi_" + first);
    assertThat(house.only().state()).isEqualTo(InboxState.RECEIVED);
    assertThat(house.count("stored")).isOne();
  }

  @Test
  void ofManyCopiesAtOnceOneIsStoredAndAllAreAcknowledged() throws Exception {
    Post copy = Post.event(first, "ord");
    CyclicBarrier together = new CyclicBarrier(40);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      answers.add(answer);
      new Thread(
              () -> {
                try {
                  together.await();
                  answer.complete(copy.send(gateway.port()).statusCode());
                } catch (Exception e) {
                  answer.completeExceptionally(e);
                }
              })
          .start();
    }

    assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isEqualTo(200));
    assertThat(house.only().hint().eventId()).isEqualTo(first);
    assertThat(house.count("stored")).isOne();
    assertThat(house.count("duplicate")).isEqualTo(39);
  }

  @Test
  void aReplayedCallbackIsADuplicateAndLaterStale() throws Exception {
    String text = Post.text(first, "ord");
    Post fresh = Post.signed(text);
    assertThat(fresh.send(gateway.port()).statusCode()).isEqualTo(200);

    assertThat(fresh.send(gateway.port()).statusCode()).isEqualTo(200);
    assertThat(house.count("duplicate")).isOne();

    Instant before = Instant.now().minus(Duration.ofMinutes(6));
    assertRefused(Post.signed(text, CallingChannel.NEW, before), 401, "stale");
    assertThat(house.only().hint().eventId()).isEqualTo(first);
  }

  @Test
  void bothSecretsAreBelievedWhileTheyChange() throws Exception {
    for (Secret secret : List.of(CallingChannel.OLD, CallingChannel.NEW)) {
      String text = Post.text(first + secret.reveal().length(), "ord");
      assertThat(Post.signed(text, secret, Instant.now()).send(gateway.port()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void whoHasNotTheSecretIsToldNoMoreThanThat() throws Exception {
    Post genuine = Post.event(first, "ord");
    Secret guessed = Secret.of("guessed");

    assertRefused(Post.signed(Post.text("e", "o"), guessed, Instant.now()), 401, "forged");
    assertRefused(Post.json(genuine.body()), 401, "forged");
    assertRefused(genuine.with(CallingChannel.HEADER, "t=0,v1=ff"), 401, "forged");
  }

  @Test
  void eventsOfTestModeAndOfOtherAccountsAreRefused() throws Exception {
    String text = Post.text(first, "ord");

    assertRefused(Post.signed(text.replace("\"live\"", "\"test\"")), 403, "not_ours");
    assertRefused(Post.signed(text.replace("acct_1", "acct_2")), 403, "not_ours");
  }

  @Test
  void whatIsNotTheProvidersJsonIsRefused() throws Exception {
    assertRefused(Post.signed("no JSON"), 400, "malformed");
    assertRefused(
        Post.signed("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), 400, "malformed");
    assertRefused(Post.signed(Post.text("a\\u0000b", "ord")), 400, "malformed");
    assertRefused(Post.signed(Post.text("x".repeat(256), "ord")), 400, "malformed");
  }

  @Test
  void aQuarterOfAMebibyteIsReadAndNotAByteMore() throws Exception {
    String text = Post.text(first, "ord");
    String full = text + " ".repeat(CallbackEndpoint.LARGEST - text.length());

    assertThat(Post.signed(full).send(gateway.port()).statusCode()).isEqualTo(200);
    house.empty();
    assertRefused(Post.signed(full + " "), 413, "too_large");
    assertRefused(Post.signed(full + " ").chunked(), 413, "too_large");
  }

  @Test
  void chunksThatAreNoneAreMalformed() throws Exception {
    try (RawClient client = new RawClient(gateway.port())) {
      RawClient.Answer answer =
          client.postChunks(
              "/callbacks/" + CallingChannel.NAME,
              "Content-Type: application/json\r\n",
              "5\r\nabcde\r\nno length\r\n");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"error\":\"bad request\"}");
    }
    assertThat(house.count("malformed")).isOne();
  }

  @Test
  void onlyJsonIsTaken() throws Exception {
    Post event = Post.event(first, "ord");

    assertRefused(event.with("Content-Type", "text/plain"), 415, "not_json");
    assertRefused(event.with("Content-Type", "application/jsonp"), 415, "not_json");
    assertThat(
            event
                .with("Content-Type", "Application/JSON; charset=utf-8")
                .send(gateway.port())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aChannelThatIsNotThereIsNotFound() throws Exception {
    assertRefused(Post.event(first, "ord").to("/callbacks/other"), 404, "unknown_channel");
    assertRefused(Post.event(first, "ord").to("/callbacks/%0d%0aforged"), 404, "unknown_channel");
  }

  @Test
  void nothingElseIsServedAndNothingSaysWhatIsRunningHere() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (String path : List.of("/", "/callbacks", "/callbacks/shop", "/codec/decode")) {
      URI uri = URI.create("http://127.0.0.1:" + gateway.port() + path);
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("{\"error\":\"not found\"}");
      assertThat(answer.headers().firstValue("Server")).isEmpty();
    }
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket
          .getOutputStream()
          .write("POST  \u0001 HTTP/9\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 ").doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void aChannelsBugIsNoConfession() throws Exception {
    var broken =
        CallingChannel.named(
            "broken",
            () -> {
              throw new IllegalStateException("secret " + CallingChannel.NEW.reveal());
            });
    try (Gateway other = house.gateway(broken)) {
      HttpResponse<String> answer =
          Post.event(first, "ord").to("/callbacks/broken").send(other.port());

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).isEqualTo("{\"error\":\"not possible\"}");
    }
  }

  @Test
  void whatTheDatabaseDoesNotTakeIsNotAcknowledged() throws Exception {
    house.execute("alter table inbox rename to inbox_away");
    try {
      assertRefusedWithoutInbox(Post.event(first, "ord"));
    } finally {
      house.execute("alter table inbox_away rename to inbox");
    }

    assertThat(Post.event(first, "ord").send(gateway.port()).statusCode()).isEqualTo(200);
  }

  private void assertRefusedWithoutInbox(Post post) throws Exception {
    HttpResponse<String> answer = post.send(gateway.port());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("{\"error\":\"unavailable\"}");
    assertThat(house.count("not_stored")).isOne();
  }

  @Test
  void aRequestThatHasBegunIsFinishedWhenTheGatewayStops() throws Exception {
    CompletableFuture<Void> reading = new CompletableFuture<>();
    CompletableFuture<Void> go = new CompletableFuture<>();
    var slow =
        CallingChannel.named(
            "broken",
            () -> {
              reading.complete(null);
              go.join();
            });
    Gateway other = house.gateway(slow);
    int port = other.port();
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () -> sent(Post.event("e", "o").to("/callbacks/broken"), port));
    reading.join();

    CompletableFuture<Void> closing = CompletableFuture.runAsync(other::close);
    await().until(() -> refuses(port));
    go.complete(null);

    assertThat(answer.get().statusCode()).isEqualTo(200);
    closing.get();
    assertThat(house.only().hint().channel()).isEqualTo("broken");
  }

  @Test
  void whatOneGatewayStoresIsToldToItsOrderAtOnce() throws Exception {
    OrderId order = house.order("at-once");
    try (Gateway other = house.gateway()) {
      other.begin();
      Post.event(first, order.value()).send(other.port());

      await().until(() -> house.only().state() == InboxState.DELIVERED);
    }
    assertThat(house.told).containsExactly(order);
    assertThat(house.only().orderId()).contains(order);
  }

  @Test
  void whatWasStoredWhenAProcessDiedIsDeliveredByTheNext() throws Exception {
    OrderId order = house.order("left-behind");
    // This one stores and never delivers; of what it stored, one is taken by somebody who dies.
    Post.event(first, order.value()).send(gateway.port());
    assertThat(house.inbox.take(1, Delivery.LEASE)).hasSize(1);
    Post.event(first + "_later", order.value()).send(gateway.port());

    try (Gateway next = house.gateway()) {
      next.begin();
      await().until(() -> delivered() == 1);
      assertThat(house.told).hasSize(1);
      house.timePasses(Delivery.LEASE);
      await().until(() -> delivered() == 2);
    }
    assertThat(house.told).containsExactly(order, order);
    assertThat(house.inbox.store(house.inbox.list(Optional.empty(), 1).get(0).hint()))
        .isEqualTo(Stored.KNOWN);
  }

  private static int delivered() {
    return house.inbox.list(Optional.of(InboxState.DELIVERED), 10).size();
  }

  private static HttpResponse<String> sent(Post post, int port) {
    try {
      return post.send(port);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean refuses(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return !socket.isConnected();
    } catch (java.io.IOException refused) {
      return true;
    }
  }

  private void assertRefused(Post post, int status, String reason) throws Exception {
    double before = house.count(reason);

    HttpResponse<String> answer = post.send(gateway.port());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).hasSizeLessThan(50).doesNotContain("Exception", first);
    assertThat(house.count(reason)).isEqualTo(before + 1);
    assertThat(house.inbox.list(Optional.of(InboxState.RECEIVED), 10))
        .extracting(event -> event.hint().eventId())
        .isSubsetOf(first);
  }
}
