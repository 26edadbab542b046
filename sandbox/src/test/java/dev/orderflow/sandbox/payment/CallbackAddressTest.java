package dev.orderflow.sandbox.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.RunningSandbox;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the merchant's channels is told at its own address. */
class CallbackAddressTest {

  @TempDir Path folder;

  @Test
  void aDisputeIsToldToTheChannelOfItsPaymentAlsoAfterARestart() throws IOException {
    try (Merchant merchant = new Merchant();
        RunningSandbox sandbox = RunningSandbox.telling(folder, merchant.urlOfAllChannels())) {
      Caller caller = sandbox.caller();
      String plain = caller.chargeBy("cards_eu", "o1/charge", "o1", "approve").id();
      caller.chargeBy("wallet", "o2/charge", "o2", "async:20");
      caller.charge("o3/charge", "o3", "async:20");
      merchant.await(2);

      sandbox.restart();
      sandbox.caller().postWithoutKey("/dashboard/disputes", "{\"charge\":\"" + plain + "\"}");
      merchant.await(4);

      assertThat(merchant.toldWhere())
          .containsExactly(
              "/callbacks/cards_eu chargeback.succeeded",
              "/callbacks/cards_eu dispute.open",
              "/callbacks/sandbox charge.succeeded",
              "/callbacks/wallet charge.succeeded");
    }
  }

  @Test
  void whatWasNotAcknowledgedIsToldThereAgainAfterARestart() throws IOException {
    try (Merchant merchant = new Merchant();
        RunningSandbox sandbox = RunningSandbox.telling(folder, merchant.urlOfAllChannels())) {
      merchant.refuses(1);
      sandbox.caller().chargeBy("wallet", "o1/charge", "o1", "async:20");
      merchant.await(1);
      sandbox.restart();
      merchant.await(2);

      assertThat(merchant.toldWhere()).containsOnly("/callbacks/wallet charge.succeeded");
    }
  }

  @Test
  void aNameThatIsNoPartOfAnAddressIsRefused() throws IOException {
    try (RunningSandbox sandbox = RunningSandbox.patient(folder)) {
      var refused = sandbox.caller().chargeBy("../admin", "o1/charge", "o1", "approve");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("code")).isEqualTo("bad_channel");
      assertThat(sandbox.caller().log()).isEmpty();
    }
  }
}
