package dev.orderflow.activities.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeConfigTest {

  @Test
  void theKeyIsAllThatMustBeWritten() {
    StripeConfig config = StripeConfig.of(Secret.of("sk_live_1"));

    assertThat(config.mode()).isEqualTo(Mode.LIVE);
    assertThat(config.apiBase()).isEqualTo(URI.create("https://api.stripe.com"));
    assertThat(config.account()).isEmpty();
    assertThat(config.returnUrl()).isEmpty();
    assertThat(config.trust()).isEmpty();
    assertThat(config.localTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.maxInFlight()).isEqualTo(16);
  }

  @Test
  void everythingCanBeWritten() {
    StripeConfig config =
        new StripeConfig(
            Secret.of("rk_test_1"),
            Mode.TEST,
            List.of(Secret.of("whsec_1"), Secret.of("whsec_2")),
            URI.create("http://127.0.0.1:1/"),
            Optional.of("acct_1Ab2"),
            Optional.of(URI.create("https://shop.example.org/paid")),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            4);

    assertThat(config.apiBase()).isEqualTo(URI.create("http://127.0.0.1:1"));
    assertThat(config.trust().orElseThrow().mode()).isEqualTo(Mode.TEST);
    assertThat(config.limits().maxInFlight()).isEqualTo(4);
    assertThat(config.toString()).doesNotContain("rk_test_1").doesNotContain("whsec_1");
  }

  @ParameterizedTest
  @CsvSource({"sk_test_1, LIVE", "rk_live_1, TEST"})
  void aKeyOfTheOtherModeIsRefused(String key, Mode mode) {
    assertThatThrownBy(
            () -> new StripeConfig(Secret.of(key), mode, null, null, null, null, null, null, null))
        .hasMessageStartingWith("api-key: this is a key of Stripe's")
        .hasMessageNotContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pk_live_1", "whsec_1", "sk_live_", "x"})
  void whatIsNoSecretKeyIsRefusedAndNotRepeated(String key) {
    assertThatThrownBy(() -> StripeConfig.of(Secret.of(key)))
        .hasMessageStartingWith("api-key: a secret or restricted key")
        .hasMessageNotContaining(key.equals("sk_live_") ? "'sk_live_'" : key + " ");
  }

  @Test
  void whatCannotWorkIsRefusedByTheNameOfItsField() {
    Secret key = Secret.of("sk_test_1");
    assertThatThrownBy(() -> StripeConfig.of(null)).hasMessage("api-key: missing");
    assertThatThrownBy(
            () ->
                new StripeConfig(
                    key, null, null, URI.create("stripe"), null, null, null, null, null))
        .hasMessageContaining("api-base: 'stripe'");
    assertThatThrownBy(
            () ->
                new StripeConfig(
                    key, null, null, null, Optional.of("mine"), null, null, null, null))
        .hasMessageContaining("account: 'mine'");
    assertThatThrownBy(
            () ->
                new StripeConfig(
                    key, null, null, null, null, null, Duration.ofSeconds(3), null, null))
        .hasMessageContaining("local-timeout: PT3S is more than PT2.4S");
    assertThatThrownBy(
            () ->
                new StripeConfig(
                    key,
                    null,
                    List.of(Secret.of("1"), Secret.of("2"), Secret.of("3")),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))
        .hasMessageContaining("webhook-secrets: 3");
  }
}
