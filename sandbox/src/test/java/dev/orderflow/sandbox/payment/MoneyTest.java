package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.Caller.Heard;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

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
  void aChargeShowsWhatWasPaid() throws IOException {
    Heard charge = caller.charge("o1/pay", "o1", "approve");

    assertThat(charge.body())
        .isEqualTo(
            """
            {"id":"%s","object":"charge","status":"succeeded","amount":1000,"currency":"EUR",\
            "merchantReference":"o1","idempotencyKey":"o1/pay","createdAt":"2026-01-01T00:00:00Z"}\
            """
                .formatted(charge.id()));
  }

  @Test
  void anAuthorizationIsCapturedOnceAndThenCannotBeVoided() throws IOException {
    String authorization = caller.authorize("o1/auth", "o1", "approve").id();

    Heard capture = caller.capture("o1/capture", authorization);
    assertThat(capture.status()).isEqualTo(200);
    assertThat(capture.text("object")).isEqualTo("capture");
    assertThat(capture.text("parent")).isEqualTo(authorization);
    assertThat(capture.json().path("amount").asLong()).isEqualTo(1000);

    assertThat(caller.capture("o1/capture/2", authorization).declineCode())
        .isEqualTo("already_captured");
    Heard voided = caller.voiding("o1/void", authorization);
    assertThat(voided.status()).isEqualTo(402);
    assertThat(voided.text("status")).isEqualTo("declined");
    assertThat(voided.declineCode()).isEqualTo("already_captured");
  }

  @Test
  void aVoidedAuthorizationCannotBeCaptured() throws IOException {
    String authorization = caller.authorize("o1/auth", "o1", "approve").id();

    assertThat(caller.voiding("o1/void", authorization).text("object")).isEqualTo("void");
    assertThat(caller.capture("o1/capture", authorization).declineCode())
        .isEqualTo("already_voided");
    assertThat(caller.voiding("o1/void/2", authorization).declineCode())
        .isEqualTo("already_voided");
  }

  @Test
  void aPartOfAnAuthorizationIsCapturedAndNoMoreThanThatRefunded() throws IOException {
    String authorization = caller.authorize("o1/auth", "o1", "approve").id();
    String path = "/v1/authorizations/" + authorization + "/capture";
    assertThat(caller.post(path, "o1/much", "{\"amount\":1001}").declineCode())
        .isEqualTo("amount_too_large");
    String capture = caller.post(path, "o1/capture", "{\"amount\":700}").id();

    assertThat(caller.refund("o1/refund/1", capture, 701).declineCode())
        .isEqualTo("amount_too_large");
    assertThat(caller.refund("o1/refund/2", capture, 700).text("parent")).isEqualTo(capture);
    assertThat(caller.refund("o1/refund/3", capture, 1).status()).isEqualTo(402);
  }

  @Test
  void refundsNeverAddUpToMoreThanWasPaid() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();

    assertThat(caller.refund("o1/refund/1", charge, 600).status()).isEqualTo(200);
    assertThat(caller.refund("o1/refund/2", charge, 401).declineCode())
        .isEqualTo("amount_too_large");
    assertThat(caller.refund("o1/refund/3", charge, Long.MAX_VALUE).status()).isEqualTo(402);
    assertThat(caller.refund("o1/refund/4", charge, 400).status()).isEqualTo(200);
    assertThat(caller.log("o1"))
        .extracting(line -> line.path("object").asText() + " " + line.path("status").asText())
        .containsExactly(
            "charge succeeded",
            "refund succeeded",
            "refund declined",
            "refund declined",
            "refund succeeded");
  }

  @Test
  void aDeclinedPaymentHasNothingToCaptureVoidOrRefund() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "decline:do_not_honor").id();
    String authorization = caller.authorize("o2/auth", "o2", "decline:do_not_honor").id();

    assertThat(caller.refund("o1/refund", charge, 1).declineCode()).isEqualTo("payment_declined");
    assertThat(caller.capture("o2/capture", authorization).declineCode())
        .isEqualTo("payment_declined");
    assertThat(caller.voiding("o2/void", authorization).declineCode())
        .isEqualTo("payment_declined");
  }

  @Test
  void anOperationActsOnlyOnItsKindOfObject() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    String authorization = caller.authorize("o2/auth", "o2", "approve").id();

    assertThat(caller.capture("o1/capture", charge).status()).isEqualTo(404);
    assertThat(caller.voiding("o1/void", charge).status()).isEqualTo(404);
    assertThat(caller.refund("o2/refund", authorization, 1).status()).isEqualTo(404);
  }

  @Test
  void aHumanRefundsInTheDashboard() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "refuse_undo:9").id();
    String refund = "{\"charge\":\"" + charge + "\",\"amount\":600}";

    Heard byHand = caller.postWithoutKey("/dashboard/refunds", refund);
    assertThat(byHand.status()).isEqualTo(200);
    assertThat(caller.postWithoutKey("/dashboard/refunds", refund).declineCode())
        .isEqualTo("amount_too_large");
    assertThat(caller.log("o1"))
        .extracting(line -> line.path("origin").asText() + " " + line.path("status").asText())
        .containsExactly("api succeeded", "dashboard succeeded", "dashboard declined");
  }

  @Test
  void aLineOfTheLogSaysEverything() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    caller.charge("o2/pay", "o2", "approve");
    String refund = caller.refund("o1/refund", charge, 250).id();

    assertThat(caller.log("o1")).hasSize(2);
    assertThat(caller.log("o1").get(1).toString())
        .isEqualTo(
            """
            {"seq":3,"at":"2026-01-01T00:00:00Z","object":"refund","id":"%s",\
            "status":"succeeded","amount":250,"currency":"EUR","merchantReference":"o1",\
            "parent":"%s","idempotencyKey":"o1/refund","origin":"api"}\
            """
                .formatted(refund, charge));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"token\":\"approve\",\"amount\":1,\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"amount\":1,\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":0,\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":-1,\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":1.5,\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":\"1\",\"currency\":\"EUR\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":1,\"currency\":\"euro\"}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":1,\"currency\":\"EUR\",\"x\":1}",
        "{\"merchantReference\":\"o1\",\"token\":\"approve\",\"amount\":9223372036854775808,\"currency\":\"EUR\"}"
      })
  void aBodyThatIsWrongIsRefusedAndLeavesNothing(String body) throws IOException {
    assertThat(caller.post("/v1/charges", "o1/pay", body).status()).isEqualTo(400);
    assertThat(caller.log()).isEmpty();
    assertThat(caller.charge("o1/pay", "o1", "approve").status()).isEqualTo(200);
  }
}
