package dev.orderflow.worker.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.worker.config.GatewayConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is refused hears so, however much of the request nobody wanted to read. */
class UnreadBodyTest {

  private static final int MOST = 1024;
  private static final String JSON = "Content-Type: application/json\r\n";

  private static final String ASKS = "Expect: 100-continue\r\n";

  /** More than the buffers of both ends hold. */
  private static final byte[] LARGE = new byte[9 * 1024 * 1024];

  static GatewayServer server;

  @BeforeAll
  static void open() {
    server =
        GatewayServer.open(
            new GatewayConfig("127.0.0.1:0", null, Optional.empty()),
            List.of(
                routes -> {
                  routes.post("/unread", context -> Replies.refused(context, 401));
                  routes.post(
                      "/read",
                      context ->
                          RequestBody.read(context, MOST)
                              .ifPresentOrElse(
                                  body -> Replies.received(context),
                                  () -> Replies.refused(context, 413)));
                }));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAudiblyAndTheConnectionLivesOn() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.post("/read", JSON, LARGE).status()).isEqualTo(413);
        assertThat(client.post("/read", JSON, new byte[MOST]).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void soIsOneThatDoesNotSayHowLargeItIs() throws Exception {
    String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.postChunks("/read", JSON, chunk.repeat(9) + "0\r\n\r\n").status())
            .isEqualTo(413);
      }
    }
  }

  @Test
  void soIsWhatWasRefusedForAnotherReasonOrIsNotThere() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server.port())) {
        assertThat(client.post("/unread", JSON, LARGE).status()).isEqualTo(401);
        assertThat(client.post("/not/there", JSON, LARGE).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void whoAsksWhetherToSendTheBodyNeedNotSendIt() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      RawClient.Answer answer = client.postNothing("/read", JSON + ASKS, 9_000_000);

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.head()).contains("connection: close");
    }
  }
}
