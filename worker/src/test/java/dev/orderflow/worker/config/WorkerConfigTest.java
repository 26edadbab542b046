package dev.orderflow.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.activities.payment.stripe.StripeConfig;
import dev.orderflow.worker.AcmeProvider;
import dev.orderflow.worker.config.CodecConfig.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigTest {

  private static final String DATABASE =
      """
      [notification]
      host = "mail"
      from = "shop@example.org"

      [database]
      url = "jdbc:postgresql://db/orders"
      """;

  @TempDir Path directory;

  @Test
  void theDatabaseAndTheMailServerAreAllThatMustBeWritten() {
    WorkerConfig config = read(DATABASE);

    assertThat(config.sandbox()).isEqualTo(SandboxUse.REFUSED);
    assertThat(config.temporal()).isEqualTo(TemporalConfig.defaults());
    assertThat(config.codec()).isEqualTo(CodecConfig.defaults());
    assertThat(config.health()).isEqualTo(HealthConfig.defaults());
    assertThat(config.database().password()).isEmpty();
  }

  @Test
  void everyKindOfValueIsRead() {
    WorkerConfig config =
        read(
            DATABASE
                + """

                [order]
                prices = "caller"
                review-above = ["EUR 500.00", "USD 550.00"]
                hold-for = "6h"
                local-budget = "2500ms"

                [order.reward]
                campaign = "thanks"
                from = "EUR 50.00"

                [[reward.campaigns]]
                name = "thanks"
                percent = 7.5
                valid-for = "30d"

                [payment.sandbox]
                url = "http://127.0.0.1:8888"
                api-key = { env = "NEW" }
                max-in-flight = 3
                """);

    OrderConfig order = config.order();
    assertThat(order.prices()).isEqualTo(OrderConfig.PriceSource.CALLER);
    assertThat(order.reviewAbove())
        .containsExactly(Money.parse("EUR 500.00"), Money.parse("USD 550.00"));
    assertThat(order.holdFor()).isEqualTo(Duration.ofHours(6));
    assertThat(order.localBudget()).isEqualTo(Duration.ofMillis(2500));
    assertThat(order.refundWindow()).isEqualTo(OrderConfig.defaults().refundWindow());
    assertThat(order.reward().orElseThrow().from()).contains(Money.parse("EUR 50.00"));
    assertThat(config.reward().campaign("thanks").orElseThrow().percent())
        .contains(new BigDecimal("7.5"));
    assertThat(config.payment().sandbox().orElseThrow().maxInFlight()).isEqualTo(3);
  }

  @Test
  void aChannelOfAJarIsReadIntoItsOwnRecord() {
    WorkerConfig config =
        read(
            DATABASE
                + """

                [payment]
                default-channel = "acme"

                [payment.channels.acme]
                url = "https://acme.example"
                api-key = { env = "PASSWORD" }

                [payment.channels.acme-dollars]
                provider = "acme"
                url = "https://acme.example/usd"
                api-key = { env = "NEW" }
                timeout = "5s"

                [payment.guards.acme]
                calls-per-second = 50

                [[payment.routes]]
                currency = "USD"
                channels = [{ name = "acme-dollars", weight = 9 }, { name = "acme" }]
                """);

    var acme = config.payment().channels().get("acme");
    assertThat(acme.provider()).isInstanceOf(AcmeProvider.class);
    assertThat(acme.configuration())
        .isEqualTo(
            new AcmeProvider.Config(
                URI.create("https://acme.example"), Secret.of("hunter2"), Duration.ofSeconds(20)));
    assertThat(config.payment().channels()).containsKey("acme-dollars");
    assertThat(config.payment().guards().get("acme").callsPerSecond()).contains(50);
    assertThat(config.payment().routes().get(0).channels().get(1).weight()).isEqualTo(1);
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  void stripeIsThereWithoutAnotherJar() throws IOException {
    Files.writeString(directory.resolve("stripe-key"), "sk_test_1");

    WorkerConfig config =
        read(DATABASE + "[payment.channels.stripe]\napi-key = { file = \"stripe-key\" }");

    assertThat(config.payment().channels().get("stripe").configuration())
        .isInstanceOf(StripeConfig.class);
  }

  @Test
  void theSandboxsNamesAreItsOwn() {
    assertThatThrownBy(
            () ->
                read(
                    DATABASE
                        + """
                        [payment.channels.sandbox-two]
                        provider = "acme"
                        url = "https://acme.example"
                        api-key = { env = "NEW" }
                        """))
        .hasMessageContaining("[payment] channels.sandbox-two: such names are the sandbox's");
  }

  @Test
  void aChannelIsCalledAsOrdersMayCallIt() {
    String longest = "a_channel-of-32-letters-and-digi";
    assertThat(read(acme(longest)).payment().channels()).containsOnlyKeys(longest);
    assertThatThrownBy(() -> read(acme(longest + "t")))
        .hasMessageContaining("[payment] channels." + longest + "t: a channel's name is 1 to 32 ");
    assertThatThrownBy(() -> read(acme("-a")))
        .hasMessageContaining("channels.-a: a channel's name");
  }

  private static String acme(String name) {
    return DATABASE
        + """
        [payment.channels.%s]
        provider = "acme"
        url = "https://acme.example"
        api-key = { env = "NEW" }
        """
            .formatted(name);
  }

  @Test
  void everyKeyOfTheProcessReachesItsPlace() throws IOException {
    Files.writeString(directory.resolve("password"), "p4ss\n");

    WorkerConfig config =
        read(
            """
            sandbox = "allowed"

            [temporal]
            config-file = "temporal.toml"
            profile = "shop"
            task-queue = "urgent"
            orders-at-once = 8
            orders-in-memory = 500
            workflow-task-pollers = 3

            [database]
            url = "jdbc:postgresql://db/orders"
            user = "carrier"
            password = { file = "password" }
            pool-size = 7

            [codec]
            mode = "aes-gcm"
            active-key = "2026"
            keys = { 2026 = { env = "NEW" }, 2025 = { env = "OLD" } }

            [health]
            host = "0.0.0.0"
            port = 9000

            [notification]
            host = "mail"
            from = "shop@example.org"
            """);

    assertThat(config.sandbox()).isEqualTo(SandboxUse.ALLOWED);
    assertThat(config.temporal())
        .isEqualTo(
            new TemporalConfig(
                Optional.of(directory.resolve("temporal.toml")),
                Optional.of("shop"),
                "urgent",
                8,
                500,
                3));
    assertThat(config.database().user()).contains("carrier");
    assertThat(config.database().password()).contains(Secret.of("p4ss"));
    assertThat(config.database().poolSize()).isEqualTo(7);
    assertThat(config.codec())
        .isEqualTo(
            new CodecConfig(
                Optional.of(Mode.AES_GCM),
                Optional.of("2026"),
                Map.of("2026", Secret.of("bmV3"), "2025", Secret.of("b2xk"))));
    assertThat(config.health()).isEqualTo(new HealthConfig("0.0.0.0", 9000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [databse]                      | databse: there is no such key; did you mean 'database'?
          [database]\\npoolsize = 3      | database.poolsize: there is no such key; did you mean 'pool-size'?
          [health]\\nqqqqqqqqq = 3       | health.qqqqqqqqq: there is no such key; known here: host, port
          [health]\\nport = "ten"        | health.port = "ten": expected a whole number
          [health]\\nport = 70000        | [health] port: 70000 is not 0 to 65535
          health = 3                     | health = 3: expected a table
          [codec]\\nmode = "rot13"       | codec.mode = "rot13": expected "none" or "aes-gcm"
          [database]\\nuser = "me"       | [database] url: 'null' is not a JDBC URL
          sandbox = true                 | sandbox = true: expected "refused" or "allowed"
          sandbox = "allowed"            | database.url is missing: write a JDBC URL
          [order]\\nhold-for = 3         | order.hold-for = 3: expected a duration such as
          [order]\\nhold-for = "3 d"     | order.hold-for = "3 d": expected a duration such as
          [order]\\nreview-above = [5]   | order.review-above = 5: expected money such as "EUR 500.00"
          [order]\\nreview-above = "5"   | order.review-above = "5": expected a list in [ ]
          [order]\\nlocal-budget = "0s"  | [order] local-budget: PT0S is not above 0
          [order.reward]\\ncampain = "x"  | order.reward.campain: there is no such key; did you mean 'campaign'?
          [payment.channels.acm]\\nurl = "http://acme"  | payment.channels.acm: no jar on the class path brings a payment channel 'acm'; did you mean 'acme'?
          [payment.channels.euros]\\nprovider = 3      | payment.channels.euros.provider = 3: expected a text in quotes
          [payment.channels.acme]\\nurls = "x"         | payment.channels.acme.urls: there is no such key; did you mean 'url'?
          [payment.channels.acme]\\nurl = "http://acme" | payment.channels.acme.api-key is missing: write { file = "PATH" } or { env = "NAME" }
          [payment.channels.acme]\\ntimeout = "1m"      | [payment.channels.acme] timeout: PT1M is more than 28 s
          [payment.guards.acme]\\nwindow = 0            | [payment.guards.acme] window: 0 is not 1 to 10000
          [[payment.routes]]\\nchannels = []            | [payment.routes] channels: none has a weight above 0
          [database                      | line 1 is not TOML
          """)
  void whatIsWrongIsNamedWithWhatWasExpected(String text, String message) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(directory.resolve("orderflow.toml") + ": " + message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aSecretWrittenIntoTheFileIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> read(DATABASE + "password = \"hunter2\""))
        .hasMessageContaining("database.password: a secret is not written into this file")
        .hasMessageContaining("{ file = \"PATH\" } or { env = \"NAME\" }")
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> read(DATABASE + "password = { value = \"hunter2\" }"))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(DATABASE + "password = { file = \"nowhere\" }"))
        .hasMessageContaining("database.password: the file " + directory.resolve("nowhere"));
    assertThatThrownBy(() -> read(DATABASE + "password = { env = \"NOBODY\" }"))
        .hasMessageContaining("database.password: the environment variable NOBODY is not set");
  }

  @Test
  void noSecretIsEverPrinted() {
    WorkerConfig config = read(DATABASE + "password = { env = \"PASSWORD\" }");

    assertThat(config.database().password()).contains(Secret.of("hunter2"));
    assertThat(config.toString()).contains("***").doesNotContain("hunter2");
  }

  @Test
  void theCodecHasToBeChosen() {
    assertThatThrownBy(() -> read(DATABASE).codec().dataConverter())
        .hasMessageContaining("codec.mode is missing")
        .hasMessageContaining("mode = \"none\"");
    assertThatThrownBy(() -> aesGcm("other").codec().dataConverter())
        .hasMessageContaining("the active key 'other' is not given");
    assertThatThrownBy(() -> aesGcm("short").codec().dataConverter())
        .hasMessageContaining("key 'short' has 3 bytes, not 32");
  }

  @Test
  void theGatewayListensWhereItIsTold() {
    assertThat(read(DATABASE).gateway()).isEmpty();
    GatewayConfig usual = read(DATABASE + "[gateway]").gateway().orElseThrow();
    assertThat(usual.address()).hasToString("127.0.0.1/<unresolved>:8089");
    GatewayConfig six = read(DATABASE + "[gateway]\nlisten = \"[::1]:0\"").gateway().orElseThrow();
    assertThat(six.address().getHostString()).isEqualTo("::1");
    for (String wrong : new String[] {"8089", "host:65536", "http://host:1", "::1:80", ":80"}) {
      assertThatThrownBy(() -> read(DATABASE + "[gateway]\nlisten = \"" + wrong + "\""))
          .hasMessageContaining("[gateway] listen: '" + wrong + "' is not an address");
    }
  }

  @Test
  void theCodecIsServedToOneOriginByATokenThatCantBeGuessed() {
    String codec = DATABASE + "[gateway.codec]\ntoken = { env = \"%s\" }\norigin = \"%s\"";
    assertThatThrownBy(() -> read(codec.formatted("PASSWORD", "https://ui.example.org")))
        .hasMessageContaining("token: shorter than 16 characters")
        .hasMessageNotContaining("hunter2");
    for (String wrong : new String[] {"*", "ui.example.org", "https://ui.example.org/"}) {
      assertThatThrownBy(() -> read(codec.formatted("TOKEN", wrong)))
          .hasMessageContaining("origin: '" + wrong + "' is not an origin");
    }
    assertThat(read(codec.formatted("TOKEN", "https://ui.example.org")).toString())
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void eventsAreKeptForADayAtLeast() {
    assertThatThrownBy(() -> read(DATABASE + "[inbox]\nkeep-for = \"23h\""))
        .hasMessageContaining("[inbox] keep-for: PT23H is less than a day");
  }

  private WorkerConfig aesGcm(String active) {
    return read(
        DATABASE
            + "[codec]\nmode = \"aes-gcm\"\nkeys = { short = { env = \"NEW\" } }\nactive-key = \"%s\""
                .formatted(active));
  }

  private WorkerConfig read(String text) {
    Path file = directory.resolve("orderflow.toml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return WorkerConfig.read(
        file,
        Map.of(
            "PASSWORD",
            "hunter2",
            "NEW",
            "bmV3",
            "OLD",
            "b2xk",
            "EMPTY",
            "",
            "TOKEN",
            "0123456789abcdef"));
  }
}
