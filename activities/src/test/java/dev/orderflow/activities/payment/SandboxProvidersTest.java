package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The channels over the real sandbox: what their abilities promise, they keep. */
class SandboxProvidersTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder;

  @Test
  void theWalletsCustomerPaysOnItsPageAndTheLedgerLearnsItByAQuestion() {
    try (SandboxTill till = new SandboxTill(DATABASE, folder)) {
      NextAction action = till.wallet(till.charge, "async-never").nextAction().orElseThrow();
      assertThat(action).isInstanceOf(NextAction.Redirect.class);
      assertThat(action.expiresAt()).isAfter(Instant.now());

      till.click(till.charge);

      assertThat(till.payments.query(till.charge).outcome().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.done("charge")).hasSize(1);
    }
  }

  @Test
  void aWalletPaymentThatIsUndoneIsClosedAndCannotBePaid() {
    try (SandboxTill till = new SandboxTill(DATABASE, folder)) {
      till.wallet(till.charge, "async-never");
      StepKey refund = StepKey.of(till.order, Step.REFUND);

      assertThat(till.payments.refund(new Reversal(refund, till.charge)).state())
          .isEqualTo(State.SUCCEEDED);
      till.click(till.charge);

      assertThat(till.done("charge")).isEmpty();
      assertThat(till.done("refund")).isEmpty();
    }
  }

  @Test
  void theWalletsCallbackIsBelievedAndAForgedOneIsNot() throws Exception {
    BlockingQueue<Callback> heard = new LinkedBlockingQueue<>();
    HttpServer merchant = merchant(heard);
    URI url = URI.create("http://127.0.0.1:" + merchant.getAddress().getPort() + "/");
    try (SandboxTill till = new SandboxTill(DATABASE, folder, Optional.of(url))) {
      till.wallet(till.charge, "async:10");
      Callback callback = heard.take();
      Callbacks callbacks = till.walletChannel().callbacks().orElseThrow();

      CallbackEvent event = callbacks.read(callback);

      assertThat(callback.headers()).containsEntry("Path", "/sandbox-wallet");
      assertThat(event.merchantReference()).contains(till.order.value());
      assertThat(event.reference()).contains(till.reference(till.charge));
      assertThat(event.mode()).isEqualTo(CallbackEvent.Mode.TEST);
      byte[] other = callback.body();
      other[other.length - 3]++;
      Callback forged = new Callback(callback.headers(), other, callback.receivedAt());
      assertThatThrownBy(() -> callbacks.read(forged)).isInstanceOf(CallbackRefused.class);
    } finally {
      merchant.stop(0);
    }
  }

  @Test
  void withoutKeysWhatIsInDoubtIsAskedForAndNotSentAgain() {
    try (SandboxTill till = new SandboxTill(DATABASE, folder)) {
      till.impatient();
      assertThat(
              Till.failure(() -> till.charge(till.charge, SandboxChannel.PLAIN, "hang_after"))
                  .getType())
          .isEqualTo("UNKNOWN");

      assertThat(till.charge(till.charge, SandboxChannel.PLAIN, "hang_after").outcome().state())
          .isEqualTo(State.SUCCEEDED);
      assertThat(till.done("charge")).hasSize(1);
      StepKey refund = StepKey.of(till.order, Step.REFUND);
      assertThat(till.payments.refund(new Reversal(refund, till.charge)).state())
          .isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void withoutKeysWhatIsNotFoundMayStillComeAndIsNotSentAgain() {
    try (SandboxTill till = new SandboxTill(DATABASE, folder)) {
      till.impatient();
      Till.failure(() -> till.charge(till.charge, SandboxChannel.PLAIN, "slow:60000"));

      assertThat(
              Till.failure(() -> till.charge(till.charge, SandboxChannel.PLAIN, "slow:60000"))
                  .getType())
          .isEqualTo("UNKNOWN");
      assertThat(till.done("charge")).isEmpty();
    }
  }

  private static HttpServer merchant(BlockingQueue<Callback> heard) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> headers = new HashMap<>();
          exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          headers.put("Path", exchange.getRequestURI().getPath());
          heard.add(new Callback(headers, exchange.getRequestBody().readAllBytes(), Instant.now()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
