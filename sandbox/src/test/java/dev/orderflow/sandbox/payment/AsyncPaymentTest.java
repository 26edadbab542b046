package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.Caller.Heard;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments that wait for their customer, and what the merchant is told of them. */
class AsyncPaymentTest {

  @TempDir Path folder;
  private Merchant merchant;
  private RunningSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    merchant = new Merchant();
    sandbox = RunningSandbox.telling(folder, merchant.url());
    caller = sandbox.caller();
  }

  @AfterEach
  void stop() {
    sandbox.close();
    merchant.close();
  }

  @Test
  void aPaymentWaitsWithAPageAndIsPaidByTheClickThere() throws IOException {
    Heard waiting = caller.charge("o1/pay", "o1", "async-never");

    assertThat(waiting.status()).isEqualTo(202);
    assertThat(waiting.text("status")).isEqualTo("pending");
    JsonNode action = waiting.json().path("nextAction");
    assertThat(action.path("type").asText()).isEqualTo("redirect");
    assertThat(action.path("expiresAt").asText()).isEqualTo("2026-01-01T01:00:00Z");
    URI page = URI.create(action.path("url").asText());
    assertThat(sandbox.stranger().get(page.getPath()).body()).contains("EUR 10.00", "<button>");
    assertThat(caller.operation("o1/pay").text("status")).isEqualTo("pending");

    assertThat(sandbox.stranger().postWithoutKey(page.getPath(), "").body()).contains("Paid.");

    assertThat(caller.operation("o1/pay").text("status")).isEqualTo("succeeded");
    Heard again = caller.charge("o1/pay", "o1", "async-never");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.id()).isEqualTo(waiting.id());
    assertThat(merchant.await(1).get(0).path("type").asText()).isEqualTo("charge.succeeded");
  }

  @Test
  void theCustomerPaysByThemselvesAndTheMerchantIsToldByASignedHint() throws IOException {
    Heard waiting = caller.authorize("o1/auth", "o1", "async:20");

    JsonNode event = merchant.await(1).get(0);

    assertThat(event.path("id").asText()).startsWith("evt_");
    assertThat(event.path("type").asText()).isEqualTo("authorization.succeeded");
    assertThat(event.path("mode").asText()).isEqualTo("test");
    assertThat(event.path("account").asText()).isEqualTo("acct_sandbox");
    assertThat(event.path("createdAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.path("reference").asText()).isEqualTo(waiting.id());
    assertThat(event.path("merchantReference").asText()).isEqualTo("o1");
    assertThat(merchant.forged()).isZero();
    assertThat(caller.operation("o1/auth").text("status")).isEqualTo("succeeded");
    assertThat(caller.capture("o1/capture", waiting.id()).status()).isEqualTo(200);
  }

  @Test
  void theCustomerCancels() throws IOException {
    caller.charge("o1/pay", "o1", "async-decline:20");

    assertThat(merchant.await(1).get(0).path("type").asText()).isEqualTo("charge.declined");
    Heard declined = caller.charge("o1/pay", "o1", "async-decline:20");
    assertThat(declined.status()).isEqualTo(402);
    assertThat(declined.declineCode()).isEqualTo("cancelled_by_customer");
  }

  @Test
  void aCallbackMayBeLostOrDoubled() throws IOException {
    caller.charge("o1/pay", "o1", "async-silent:10");
    caller.charge("o2/pay", "o2", "async-twice:10");

    List<JsonNode> told = merchant.await(2);

    assertThat(told.get(0)).isEqualTo(told.get(1));
    assertThat(told.get(0).path("merchantReference").asText()).isEqualTo("o2");
    await().until(() -> caller.operation("o1/pay").text("status").equals("succeeded"));
  }

  @Test
  void whatIsNotAcknowledgedIsToldAgainAlsoAfterARestart() throws IOException {
    merchant.refuses(2);
    caller.charge("o1/pay", "o1", "async:10");
    List<JsonNode> twice = merchant.await(1);

    sandbox.restart();

    List<JsonNode> told = merchant.await(3);
    assertThat(told).containsOnly(twice.get(0));
  }

  @Test
  void aCustomerActsAlsoWhenTheProviderWasStartedAnewMeanwhile() throws IOException {
    caller.charge("o1/pay", "o1", "async:60000");
    caller.charge("o2/pay", "o2", "async-never");
    sandbox.clock().turn(Duration.ofMinutes(1));

    sandbox.restart();
    caller = sandbox.caller();

    assertThat(merchant.await(1).get(0).path("merchantReference").asText()).isEqualTo("o1");
    assertThat(caller.operation("o1/pay").text("status")).isEqualTo("succeeded");
    Heard waiting = caller.operation("o2/pay");
    assertThat(waiting.text("status")).isEqualTo("pending");
    String page = URI.create(waiting.json().path("nextAction").path("url").asText()).getPath();
    assertThat(caller.get(page).status()).isEqualTo(200);
  }

  @Test
  void whatIsClosedCanNotBePaidAndWhatIsPaidStaysPaid() throws IOException {
    Heard first = caller.charge("o1/pay", "o1", "async-never");
    assertThat(caller.close("o1/pay").declineCode()).isEqualTo("closed");
    assertThat(sandbox.stranger().postWithoutKey("/pay/" + first.id(), "").body())
        .contains("closed");
    assertThat(caller.close("o1/pay").text("status")).isEqualTo("declined");
    assertThat(caller.charge("o1/pay", "o1", "async-never").status()).isEqualTo(402);

    caller.charge("o2/pay", "o2", "approve");
    assertThat(caller.close("o2/pay").text("status")).isEqualTo("succeeded");
    assertThat(caller.close("o3/pay").status()).isEqualTo(404);
    assertThat(merchant.told()).isEmpty();
  }

  @Test
  void aPageThatHasExpiredTakesNoMoney() throws IOException {
    Heard waiting = caller.charge("o1/pay", "o1", "async-never");
    sandbox.clock().turn(Duration.ofHours(1));

    assertThat(caller.postWithoutKey("/pay/" + waiting.id(), "").body()).contains("expired");
    assertThat(caller.operation("o1/pay").text("status")).isEqualTo("pending");
    assertThat(caller.get("/pay/ch_of_nobody").status()).isEqualTo(404);
  }

  @Test
  void nothingIsDoneToAPaymentThatWaits() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "async-never").id();

    assertThat(caller.refund("o1/refund", charge, 1).declineCode()).isEqualTo("payment_pending");
  }

  @Test
  void moneyThatComesAnywayIsTakenAndTold() throws IOException {
    caller.charge("o1/pay", "o1", "async-late:300");
    assertThat(caller.close("o1/pay").text("status")).isEqualTo("declined");

    assertThat(merchant.await(1).get(0).path("type").asText()).isEqualTo("charge.succeeded");
    assertThat(caller.operation("o1/pay").text("status")).isEqualTo("succeeded");
  }

  @Test
  void aHumanBooksOtherMoneyThanWasAskedFor() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "decline:card_declined").id();

    Heard booked =
        caller.postWithoutKey(
            "/dashboard/payments",
            "{\"charge\":\"" + charge + "\",\"amount\":999,\"currency\":\"USD\"}");

    assertThat(booked.text("status")).isEqualTo("succeeded");
    assertThat(booked.json().path("amount").asLong()).isEqualTo(999);
    assertThat(booked.text("currency")).isEqualTo("USD");
    assertThat(merchant.await(1)).hasSize(1);
    assertThat(caller.refund("o1/refund", charge, 1000).declineCode())
        .isEqualTo("amount_too_large");
    assertThat(caller.refund("o1/refund/2", charge, 999).status()).isEqualTo(200);
    assertThat(caller.log("o1"))
        .extracting(line -> line.path("origin").asText() + " " + line.path("status").asText())
        .containsExactly("api declined", "dashboard succeeded", "api declined", "api succeeded");
  }

  @Test
  void withoutKeysTheSameAgainIsASecondPaymentAndIsFoundByItsMetadata() throws IOException {
    Heard first = caller.chargePlain("o1/charge", "o1", "approve");
    Heard second = caller.chargePlain("o1/charge", "o1", "approve");

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(caller.log("o1")).hasSize(2);
    Heard found = caller.get("/plain/v1/operations?merchantReference=o1&metadata=o1%2Fcharge");
    assertThat(found.id()).isEqualTo(first.id());
    assertThat(caller.get("/plain/v1/operations?merchantReference=o1&metadata=o1%2Fother").status())
        .isEqualTo(404);
  }
}
