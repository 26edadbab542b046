package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.Caller.Heard;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a payment long after it was made, and what the merchant is told of it. */
class BankTest {

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
  void aDisputeTakesTheMoneyAtOnceAndWhenItIsLostTheShopNeverGetsItBack() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();

    Heard dispute =
        byHand("disputes", "{\"charge\":\"" + charge + "\",\"reason\":\"product_not_received\"}");

    assertThat(dispute.text("object")).isEqualTo("dispute");
    assertThat(dispute.text("status")).isEqualTo("open");
    assertThat(dispute.json().path("amount").asLong()).isEqualTo(1000);
    assertThat(dispute.text("parent")).isEqualTo(charge);
    assertThat(dispute.declineCode()).isEqualTo("product_not_received");
    assertThat(dispute.text("evidenceDueBy")).isEqualTo("2026-01-08T00:00:00Z");
    assertThat(movements(charge)).containsExactly("dispute open 1000", "chargeback succeeded 1000");
    assertThat(told(2)).containsExactlyInAnyOrder("dispute.open", "chargeback.succeeded");

    assertThat(byHand("disputes/" + dispute.id() + "/lost", "").text("status")).isEqualTo("lost");

    assertThat(byHand("disputes/" + dispute.id() + "/won", "").text("status")).isEqualTo("lost");
    assertThat(movements(charge)).containsExactly("dispute lost 1000", "chargeback succeeded 1000");
    assertThat(told(3)).contains("dispute.lost");
    assertThat(merchant.forged()).isZero();
    assertThat(caller.refund("o1/refund", charge, 1).declineCode()).isEqualTo("payment_disputed");
  }

  @Test
  void aDisputeThatIsWonReturnsTheMoneyAndOnlyThenIsThereSomethingToRefund() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    String dispute = byHand("disputes", "{\"charge\":\"" + charge + "\",\"amount\":600}").id();
    assertThat(caller.refund("o1/refund", charge, 1).declineCode()).isEqualTo("payment_disputed");

    byHand("disputes/" + dispute + "/won", "");

    assertThat(movements(charge))
        .containsExactly(
            "dispute won 600", "chargeback succeeded 600", "chargeback_reversal succeeded 600");
    assertThat(told(4)).contains("dispute.won", "chargeback_reversal.succeeded");
    assertThat(caller.refund("o1/refund/2", charge, 1000).status()).isEqualTo(200);
  }

  @Test
  void noCentIsDisputedTwice() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    String part = "{\"charge\":\"" + charge + "\",\"amount\":600}";

    assertThat(byHand("disputes", part).status()).isEqualTo(200);
    assertThat(byHand("disputes", part).declineCode()).isEqualTo("amount_too_large");
    String rest = "{\"charge\":\"" + charge + "\"}";
    assertThat(byHand("disputes", rest).json().path("amount").asLong()).isEqualTo(400);
    assertThat(byHand("disputes", rest).declineCode()).isEqualTo("already_disputed");
    assertThat(byHand("disputes", "{\"charge\":\"ch_of_nobody\"}").status()).isEqualTo(404);
    String why = "{\"charge\":\"" + charge + "\",\"reason\":\"lost_card\"}";
    assertThat(byHand("disputes", why).status()).isEqualTo(400);
    assertThat(byHand("disputes/" + charge + "/won", "").status()).isEqualTo(404);
  }

  @Test
  void aRefundThatFailsComesBackAsAMovementOfItsOwnAndStaysAsItWas() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    String refund = caller.refund("o1/refund", charge, 1000).id();

    Heard failure = byHand("refund-failures", "{\"refund\":\"" + refund + "\"}");

    assertThat(failure.text("object")).isEqualTo("refund_failure");
    assertThat(failure.text("parent")).isEqualTo(refund);
    assertThat(failure.declineCode()).isEqualTo("account_closed");
    assertThat(byHand("refund-failures", "{\"refund\":\"" + refund + "\"}").declineCode())
        .isEqualTo("already_failed");
    assertThat(caller.operation("o1/refund").text("status")).isEqualTo("succeeded");
    assertThat(told(1)).contains("refund_failure.succeeded");
    assertThat(movements(refund))
        .containsExactly("refund succeeded 1000", "refund_failure succeeded 1000");
    assertThat(caller.refund("o1/refund/2", charge, 1000).status()).isEqualTo(200);
  }

  @Test
  void aHumanCapturesAPartAndTheProgramComesTooLate() throws IOException {
    String authorization = caller.authorize("o1/auth", "o1", "approve").id();

    Heard capture =
        byHand("captures", "{\"authorization\":\"" + authorization + "\",\"amount\":700}");

    assertThat(capture.json().path("amount").asLong()).isEqualTo(700);
    assertThat(caller.capture("o1/capture", authorization).declineCode())
        .isEqualTo("already_captured");
    assertThat(movements(authorization)).containsExactly("capture succeeded 700");
    assertThat(told(1)).containsExactly("capture.succeeded");
    String much = "{\"charge\":\"" + capture.id() + "\",\"amount\":701}";
    assertThat(byHand("disputes", much).declineCode()).isEqualTo("amount_too_large");
  }

  @Test
  void tokensSayWhatTheBankDoesByItself() throws IOException {
    String disputed = caller.charge("o1/pay", "o1", "dispute:10").id();
    String won = caller.charge("o2/pay", "o2", "dispute:10,dispute-won:20").id();
    String authorization = caller.authorize("o3/auth", "o3", "dispute:10").id();
    String captured = caller.capture("o3/capture", authorization).id();
    String late = caller.charge("o4/pay", "o4", "async:10,dispute:20").id();

    awaitMovements(disputed, "dispute open 1000", "chargeback succeeded 1000");
    awaitMovements(
        won, "dispute won 1000", "chargeback succeeded 1000", "chargeback_reversal succeeded 1000");
    awaitMovements(
        captured, "capture succeeded 1000", "dispute open 1000", "chargeback succeeded 1000");
    awaitMovements(late, "dispute open 1000", "chargeback succeeded 1000");
    assertThat(caller.log("o1").get(1).path("origin").asText()).isEqualTo("bank");
  }

  @Test
  void theFirstRefundOfAProgramFailsAndTheNextOneStays() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "refund-fails:10").id();
    byHand("refunds", "{\"charge\":\"" + charge + "\",\"amount\":1}");
    String first = caller.refund("o1/refund", charge, 100).id();
    awaitMovements(
        charge, "refund succeeded 1", "refund succeeded 100", "refund_failure succeeded 100");
    List<JsonNode> log = caller.log("o1");
    assertThat(log.get(log.size() - 1).path("parent").asText()).isEqualTo(first);

    Heard second = caller.refund("o1/refund/2", charge, 100);

    assertThat(second.status()).isEqualTo(200);
    assertThat(byHand("refund-failures", "{\"refund\":\"" + second.id() + "\"}").status())
        .as("nobody has done it before")
        .isEqualTo(200);
  }

  @Test
  void whatABankBeganItEndsAlsoWhenTheProviderWasStartedAnewMeanwhile() throws IOException {
    String disputed = caller.charge("o1/pay", "o1", "dispute:60000").id();
    String charge = caller.charge("o2/pay", "o2", "refund-fails:60000").id();
    caller.refund("o2/refund", charge, 100);
    assertThat(movements(disputed)).isEmpty();

    sandbox.clock().turn(Duration.ofMinutes(1));
    sandbox.restart();
    caller = sandbox.caller();
    awaitMovements(disputed, "dispute open 1000", "chargeback succeeded 1000");
    awaitMovements(charge, "refund succeeded 100", "refund_failure succeeded 100");
    List<JsonNode> before = caller.log();

    sandbox.restart();
    caller = sandbox.caller();
    caller.charge("o3/pay", "o3", "dispute:1");
    await().until(() -> caller.log("o3").size() == 3);

    assertThat(caller.log().subList(0, before.size())).isEqualTo(before);
    assertThat(caller.log()).hasSize(before.size() + 3);
  }

  @Test
  void theSettlementReportHasWhatMovedBothWays() throws IOException {
    String charge = caller.charge("o1/pay", "o1", "approve").id();
    String refund = caller.refund("o1/refund", charge, 100).id();
    byHand("refund-failures", "{\"refund\":\"" + refund + "\"}");
    String dispute = byHand("disputes", "{\"charge\":\"" + charge + "\"}").id();
    byHand("disputes/" + dispute + "/won", "");

    assertThat(caller.get("/v1/settlements/2026-01-01.csv").body().lines().skip(1))
        .extracting(line -> line.split(",")[1] + " " + line.split(",")[3])
        .containsExactly(
            "charge 1000",
            "refund 100",
            "refund_failed 100",
            "chargeback 1000",
            "chargeback_reversed 1000");
  }

  private Heard byHand(String path, String body) throws IOException {
    return caller.postWithoutKey("/dashboard/" + path, body);
  }

  private List<String> told(int events) {
    return merchant.await(events).stream().map(event -> event.path("type").asText()).toList();
  }

  private List<String> movements(String id) throws IOException {
    JsonNode objects = caller.get("/v1/objects/" + id + "/movements").json().path("objects");
    return StreamSupport.stream(objects.spliterator(), false)
        .map(
            object ->
                object.path("object").asText()
                    + " "
                    + object.path("status").asText()
                    + " "
                    + object.path("amount").asText())
        .toList();
  }

  private void awaitMovements(String id, String... movements) {
    await().untilAsserted(() -> assertThat(movements(id)).containsExactly(movements));
  }
}
