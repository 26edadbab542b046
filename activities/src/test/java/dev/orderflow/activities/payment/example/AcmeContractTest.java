package dev.orderflow.activities.payment.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.contract.PaymentChannelContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The channel of docs/new-channel.md keeps what every channel promises. */
class AcmeContractTest extends PaymentChannelContract {
  private static AcmeServer server;
  private static PaymentChannel channel;

  @BeforeAll
  static void start() throws IOException {
    server = new AcmeServer();
    channel =
        new AcmeProvider()
            .open("acme", new AcmeProvider.Config(server.url(), Secret.of("sk_test"), null));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected PaymentChannel channel() {
    return channel;
  }

  @Override
  protected String acceptedToken() {
    return "tok_good";
  }

  @Override
  protected String refusedToken() {
    return "tok_refused";
  }

  @Override
  protected String unansweredToken() {
    return "tok_silent";
  }

  @Test
  void theDocumentShowsThisVeryCode() throws IOException {
    String document = Files.readString(Path.of("..", "docs", "new-channel.md"));
    Path here = Path.of("src/test/java/dev/orderflow/activities/payment/example");
    for (String file : new String[] {"AcmeProvider.java", "AcmeChannel.java"}) {
      assertThat(document).contains(Files.readString(here.resolve(file)));
    }
  }
}
