package dev.orderflow.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.worker.config.WorkerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where money is real, no payment is played. */
class PaymentChecksTest {
  @TempDir Path directory;

  @Test
  void aTestKeyOfStripeIsRefusedWhereMoneyIsReal() throws IOException {
    Finding finding = PaymentChecks.sandbox(config("refused", "sk_test_1"));

    assertThat(finding.verdict().letsWork()).isFalse();
    assertThat(finding.toString()).contains("Stripe's test mode").doesNotContain("sk_test_1");
  }

  @Test
  void itIsTakenWherePaymentsMayBePlayedAndALiveKeyIsTakenAnywhere() throws IOException {
    assertThat(PaymentChecks.sandbox(config("allowed", "sk_test_1")).verdict().letsWork()).isTrue();
    assertThat(PaymentChecks.sandbox(config("refused", "rk_live_1")).verdict().letsWork()).isTrue();
  }

  private WorkerConfig config(String sandbox, String stripeKey) throws IOException {
    Files.writeString(directory.resolve("stripe-key"), stripeKey);
    Path file = directory.resolve("orderflow.toml");
    Files.writeString(
        file,
        """
        sandbox = "%s"

        [database]
        url = "jdbc:postgresql://db/orders"

        [notification]
        host = "mail"
        from = "shop@example.org"

        [payment]
        default-channel = "stripe"

        [payment.channels.stripe]
        api-key = { file = "stripe-key" }
        """
            .formatted(sandbox));
    return WorkerConfig.read(file);
  }
}
