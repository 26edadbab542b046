package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.Caller.Heard;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotencyTest {

  @TempDir Path folder;
  private RunningSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.patient(folder);
    caller = sandbox.caller();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void nobodyWithoutTheKeyIsServed() throws IOException {
    Heard heard = sandbox.stranger().charge("o1/pay", "o1", "approve");

    assertThat(heard.status()).isEqualTo(401);
    assertThat(sandbox.stranger().get("/v1/log").status()).isEqualTo(401);
    assertThat(sandbox.stranger().get("/mail").status()).isEqualTo(401);
    assertThat(sandbox.stranger().get("/health").status()).isEqualTo(200);
    assertThat(caller.log()).isEmpty();
  }

  @Test
  void aPostNeedsAKeyOfReasonableLength() throws IOException {
    String order = Caller.order("o1", "approve");

    assertThat(caller.postWithoutKey("/v1/charges", order).text("code")).isEqualTo("missing_key");
    assertThat(caller.post("/v1/charges", "k".repeat(256), order).status()).isEqualTo(400);
    assertThat(caller.post("/v1/charges", "k".repeat(255), order).status()).isEqualTo(200);
  }

  @Test
  void theSameRequestAgainGetsTheSameBytesAndNoSecondEffect() throws IOException {
    Heard first = caller.charge("o1/pay", "o1", "approve");
    Heard again = caller.charge("o1/pay", "o1", "approve");

    assertThat(first.replayed()).isFalse();
    assertThat(again).isEqualTo(new Heard(200, true, first.body()));
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void aDeclineIsReplayedToo() throws IOException {
    Heard first = caller.charge("o1/pay", "o1", "decline:expired_card");
    Heard again = caller.charge("o1/pay", "o1", "decline:expired_card");

    assertThat(first.status()).isEqualTo(402);
    assertThat(again).isEqualTo(new Heard(402, true, first.body()));
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void aKeyBelongsToOneRequest() throws IOException {
    String authorization = caller.authorize("o1/pay", "o1", "approve").id();

    Heard otherBody = caller.authorize("o1/pay", "o2", "approve");
    Heard otherPath = caller.capture("o1/pay", authorization);

    assertThat(otherBody.status()).isEqualTo(422);
    assertThat(otherBody.text("code")).isEqualTo("key_reused");
    assertThat(otherPath.status()).isEqualTo(422);
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void aRequestThatIsRefusedDoesNotUseUpItsKey() throws IOException {
    assertThat(caller.refund("o1/refund", "ch_of_nobody", 5).status()).isEqualTo(404);
    assertThat(caller.operation("o1/refund").status()).isEqualTo(404);

    String charge = caller.charge("o1/pay", "o1", "approve").id();
    assertThat(caller.refund("o1/refund", charge, 5).status()).isEqualTo(200);
  }

  @Test
  void whileARequestRunsItsKeyIsInFlight() throws IOException {
    CompletableFuture<Heard> running = caller.chargeLater("o1/pay", "o1", "slow:60000");
    await().until(() -> caller.operation("o1/pay").status() == 409);

    Heard again = caller.charge("o1/pay", "o1", "slow:60000");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("code")).isEqualTo("in_flight");
    assertThat(caller.charge("o1/pay", "o2", "approve").status()).isEqualTo(422);
    assertThat(caller.log()).isEmpty();
    assertThat(running).isNotDone();
  }

  @Test
  void copiesThatArriveTogetherHaveOneEffect() throws IOException {
    for (int order = 0; order < 20; order++) {
      String reference = "o" + order;
      List<CompletableFuture<Heard>> copies = new ArrayList<>();
      for (int copy = 0; copy < 8; copy++) {
        copies.add(caller.chargeLater(reference + "/pay", reference, "approve"));
      }

      // Which of the two a copy hears depends on when it arrived; one hears 200 for certain.
      assertThat(copies)
          .extracting(copy -> copy.join().status())
          .contains(200)
          .isSubsetOf(200, 409);
      assertThat(caller.log(reference)).hasSize(1);
    }
  }

  @Test
  void theObjectIsFoundByItsKeyAndById() throws IOException {
    Heard charge = caller.charge("o1/pay/2", "o1", "approve");

    assertThat(caller.operation("o1/pay/2").body()).isEqualTo(charge.body());
    assertThat(caller.get("/v1/objects/" + charge.id()).body()).isEqualTo(charge.body());
    assertThat(caller.operation("o1/pay").status()).isEqualTo(404);
    assertThat(caller.get("/v1/objects/ch_none").status()).isEqualTo(404);
  }

  @Test
  void keysAndMoneyAreRememberedAfterARestart() throws IOException {
    Heard charge = caller.charge("o1/pay", "o1", "refuse_undo:2");
    Heard refused = caller.refund("o1/refund", charge.id(), 400);
    sandbox.restart();
    caller = sandbox.caller();

    assertThat(caller.charge("o1/pay", "o1", "refuse_undo:2"))
        .isEqualTo(new Heard(200, true, charge.body()));
    assertThat(caller.refund("o1/refund", charge.id(), 400))
        .isEqualTo(new Heard(402, true, refused.body()));
    assertThat(caller.charge("o1/pay", "o2", "approve").status()).isEqualTo(422);
    assertThat(caller.refund("o1/refund/2", charge.id(), 400).status()).isEqualTo(402);
    assertThat(caller.refund("o1/refund/3", charge.id(), 400).status()).isEqualTo(200);
    assertThat(caller.log())
        .extracting(line -> line.path("seq").asLong())
        .containsExactly(1L, 2L, 3L, 4L);
  }
}
