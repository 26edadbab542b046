package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.Caller.Heard;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

  @TempDir Path folder;
  private RunningSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.impatient(folder);
    caller = sandbox.caller();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insufficient_funds", "card_declined", "expired_card", "incorrect_cvc",
        "suspected_fraud", "do_not_honor", "stolen_card", "authentication_required"
      })
  void declinesForTheReasonAskedFor(String code) throws IOException {
    Heard declined = caller.charge("o1/pay", "o1", "decline:" + code);

    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.text("status")).isEqualTo("declined");
    assertThat(declined.declineCode()).isEqualTo(code);
    assertThat(declined.json().path("reason").path("message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4242424242424242",
        "approve:1",
        "decline",
        "decline:no_such_code",
        "decline:amount_too_large",
        "error_before:0",
        "error_after:x",
        "hang:-1",
        "slow",
        "slow:60001",
        "approve,,approve",
        "settle.hang",
        "unreachable"
      })
  void aTokenThatMeansNothingIsRefusedWithoutBeingRepeated(String token) throws IOException {
    Heard refused = caller.charge("o1/pay", "o1", token);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("code")).isEqualTo("unknown_token");
    if (token.length() > 10) {
      assertThat(refused.body()).doesNotContain(token);
    }
    assertThat(caller.operation("o1/pay").status()).isEqualTo(404);
  }

  @Test
  void errorBeforeLeavesNothingAndSaysSo() throws IOException {
    for (int request = 1; request <= 2; request++) {
      Heard failed = caller.charge("o1/pay", "o1", "error_before:2");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.json().path("executed").isBoolean()).isTrue();
      assertThat(failed.json().path("executed").asBoolean()).isFalse();
      assertThat(caller.operation("o1/pay").status()).isEqualTo(404);
    }

    Heard paid = caller.charge("o1/pay", "o1", "error_before:2");
    assertThat(paid.status()).isEqualTo(200);
    assertThat(paid.replayed()).isFalse();
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void errorAfterHidesWhatHappened() throws IOException {
    for (int request = 1; request <= 2; request++) {
      Heard failed = caller.charge("o1/pay", "o1", "error_after:2");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.json().has("executed")).isFalse();
      assertThat(caller.operation("o1/pay").text("status")).isEqualTo("succeeded");
    }

    Heard paid = caller.charge("o1/pay", "o1", "error_after:2");
    assertThat(paid.status()).isEqualTo(200);
    assertThat(paid.replayed()).isTrue();
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void aSlowChargeLandsEvenWhenItsCallerIsGone() throws IOException {
    CompletableFuture<Heard> given = caller.chargeLater("o1/pay", "o1", "slow:300");
    await().until(() -> caller.operation("o1/pay").status() == 409);
    given.cancel(true);

    await().until(() -> caller.operation("o1/pay").status() == 200);
    assertThat(caller.charge("o1/pay", "o1", "slow:300").replayed()).isTrue();
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void slowAfterHasItsEffectLongBeforeItsAnswer() throws IOException {
    CompletableFuture<Heard> given = caller.chargeLater("o1/pay", "o1", "slow_after:60000");
    await().until(() -> caller.operation("o1/pay").status() == 200);

    assertThat(given).isNotDone();
    assertThat(caller.charge("o1/pay", "o1", "slow_after:60000").replayed()).isTrue();
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void hangNeverAnswersAndNeverActs() throws IOException {
    assertNoAnswer("o1/pay", "hang:2");
    assertNoAnswer("o1/pay", "hang:2");
    assertThat(caller.operation("o1/pay").status()).isEqualTo(404);
    assertThat(caller.log()).isEmpty();

    assertThat(caller.charge("o1/pay", "o1", "hang:2").replayed()).isFalse();
  }

  @Test
  void hangAfterActsAndNeverAnswers() throws IOException {
    assertNoAnswer("o1/pay", "hang_after");
    assertThat(caller.operation("o1/pay").status()).isEqualTo(200);

    assertThat(caller.charge("o1/pay", "o1", "hang_after").replayed()).isTrue();
    assertThat(caller.log()).hasSize(1);
  }

  @Test
  void whatHangsStandsInNobodysWay() throws IOException {
    sandbox.close();
    sandbox = RunningSandbox.patient(folder);
    caller = sandbox.caller();
    List<CompletableFuture<Heard>> hanging = new ArrayList<>();
    for (int order = 0; order < 300; order++) {
      hanging.add(caller.chargeLater("h" + order + "/pay", "h" + order, "hang"));
    }

    assertThat(caller.charge("o1/pay", "o1", "approve").status()).isEqualTo(200);
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void unreachableForAWhileFromTheFirstSightOfTheOrder() throws IOException {
    assertNoAnswer("o1/pay", "unreachable:5000");
    sandbox.clock().turn(Duration.ofMillis(4_999));
    assertNoAnswer("o1/pay/2", "unreachable:5000");
    assertThat(caller.charge("o2/pay", "o2", "approve").status()).isEqualTo(200);
    assertThat(caller.log("o1")).isEmpty();

    sandbox.clock().turn(Duration.ofMillis(1));
    assertThat(caller.charge("o1/pay", "o1", "unreachable:5000").status()).isEqualTo(200);
  }

  @Test
  void undoIsRefusedUnderFreshKeysAndThenDone() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "refuse_undo:2").id();

    Heard first = caller.refund("o1/refund", charge, 1000);
    assertThat(first.declineCode()).isEqualTo("undo_refused");
    assertThat(caller.refund("o1/refund", charge, 1000))
        .isEqualTo(new Heard(402, true, first.body()));
    assertThat(caller.refund("o1/refund/2", charge, 1000).status()).isEqualTo(402);
    assertThat(caller.refund("o1/refund/3", charge, 1000).status()).isEqualTo(200);
  }

  @Test
  void voidsAreRefusedTooAndSoIsTheRefundOfACapture() throws IOException {
    String authorization = caller.authorize("o1/auth", "o1", "refuse_undo:2").id();
    assertThat(caller.voiding("o1/void", authorization).declineCode()).isEqualTo("undo_refused");

    String capture = caller.capture("o1/capture", authorization).id();
    assertThat(caller.refund("o1/refund", capture, 5).declineCode()).isEqualTo("undo_refused");
    assertThat(caller.refund("o1/refund/2", capture, 5).status()).isEqualTo(200);
  }

  @Test
  void aWordMayNameALaterOperation() throws IOException {
    String token = "capture.error_after:1,refund.decline:card_declined";
    String authorization = caller.authorize("o1/auth", "o1", token).id();

    assertThat(caller.capture("o1/capture", authorization).status()).isEqualTo(500);
    Heard captured = caller.capture("o1/capture", authorization);
    assertThat(captured.replayed()).isTrue();
    assertThat(caller.refund("o1/refund", captured.id(), 5).declineCode())
        .isEqualTo("card_declined");
  }

  @Test
  void wordsJoin() throws IOException {
    String token = "error_before:1,slow:10,decline:insufficient_funds,error_after:1";

    assertThat(caller.charge("o1/pay", "o1", token).json().has("executed")).isTrue();
    assertThat(caller.charge("o1/pay", "o1", token).status()).isEqualTo(500);
    Heard declined = caller.charge("o1/pay", "o1", token);
    assertThat(declined.replayed()).isTrue();
    assertThat(declined.declineCode()).isEqualTo("insufficient_funds");
  }

  @Test
  void theTokenIsNowhereOnTheDisk() throws IOException {
    String token = "slow_after:7,refuse_undo:3";
    caller.charge("o1/pay", "o1", token);

    assertThat(Files.readString(sandbox.data().resolve("provider.jsonl")))
        .contains("o1/pay")
        .doesNotContain(token)
        .doesNotContain("slow_after:7");
  }

  private void assertNoAnswer(String key, String token) {
    assertThatThrownBy(() -> caller.charge(key, "o1", token)).isInstanceOf(IOException.class);
  }
}
