package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What each answer of the provider, or none, allows us to conclude. */
class SandboxChannelTest {
  private static final StepKey KEY = StepKey.of(OrderId.ofKey("channel"), Step.CHARGE);
  private static final Purchase PURCHASE =
      new Purchase(KEY.order().value(), "tok_secret", Money.parse("EUR 12.34"));

  @Test
  void whoTakesNoConnectionDidNothingButDoesNotKnowEither() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + closedPort);
    PaymentChannel channel =
        SandboxChannel.answeringAtOnce(SandboxConfig.of(nowhere, Secret.of("k")));

    assertThat(channel.charge(KEY, PURCHASE, budget()).outcome().state())
        .isEqualTo(State.NOT_EXECUTED);
    assertThat(channel.find(KEY, budget()).outcome().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aWrongApiKeyIsSaidInWordsThatHelp() {
    try (FakeProvider provider = new FakeProvider()) {
      PaymentChannel channel =
          SandboxChannel.answeringAtOnce(SandboxConfig.of(provider.uri(), Secret.of("wrong")));

      Answer answer = channel.charge(KEY, PURCHASE, budget());

      assertThat(answer.outcome().state()).isEqualTo(State.NOT_EXECUTED);
      assertThat(answer.outcome().reason().map(Reason::message).orElseThrow())
          .contains("payment.sandbox.api-key");
      assertThat(channel.find(KEY, budget()).outcome().state()).isEqualTo(State.UNKNOWN);
    }
  }

  @Test
  void aKeyThatWasUsedForAnotherRequestIsSaidSo() {
    try (FakeProvider provider = new FakeProvider()) {
      PaymentChannel channel = SandboxChannel.answeringAtOnce(provider.config());
      channel.charge(KEY, PURCHASE, budget());

      Answer answer =
          channel.charge(
              KEY,
              new Purchase(PURCHASE.merchantReference(), "tok", Money.parse("EUR 1.00")),
              budget());

      assertThat(answer.outcome().reason().map(Reason::code)).contains(PaymentChannel.KEY_REUSED);
      assertThat(answer.outcome().state()).isEqualTo(State.UNKNOWN);
    }
  }

  @Test
  void whatWasDoneIsFoundByItsKeyAndByItsReference() {
    try (FakeProvider provider = new FakeProvider()) {
      PaymentChannel channel = SandboxChannel.answeringAtOnce(provider.config());
      Answer charged = channel.charge(KEY, PURCHASE, budget());

      assertThat(channel.find(KEY, budget())).isEqualTo(charged);
      assertThat(channel.fetch(charged.outcome().reference().orElseThrow(), budget()))
          .isEqualTo(charged);
      assertThat(channel.find(KEY.next(), budget()).outcome().state())
          .isEqualTo(State.NOT_EXECUTED);
    }
  }

  @Test
  void withoutTimeLeftNothingIsSent() {
    try (FakeProvider provider = new FakeProvider()) {
      Answer answer =
          SandboxChannel.answeringAtOnce(provider.config())
              .charge(KEY, PURCHASE, CallBudget.of(Duration.ZERO));

      assertThat(answer.outcome().state()).isEqualTo(State.NOT_EXECUTED);
      assertThat(provider.posts()).isZero();
    }
  }

  @Test
  void neitherTokenNorApiKeyIsEverPrinted() {
    assertThat(PURCHASE.toString()).doesNotContain("tok_secret");
    assertThat(SandboxConfig.of(URI.create("http://x"), Secret.of("sk_1")).toString())
        .doesNotContain("sk_1");
  }

  @Test
  void aConfigurationThatCannotWorkIsRefusedByTheNameOfItsField() {
    assertThatThrownBy(() -> SandboxConfig.of(URI.create("sandbox"), Secret.of("k")))
        .hasMessageContaining("url: 'sandbox'");
    assertThatThrownBy(
            () ->
                new SandboxConfig(
                    URI.create("http://x"),
                    Secret.of("k"),
                    null,
                    Duration.ofSeconds(3),
                    null,
                    null))
        .hasMessageContaining("local-timeout: PT3S is more than PT2.4S");
  }

  private static CallBudget budget() {
    return CallBudget.of(Duration.ofSeconds(2));
  }
}
