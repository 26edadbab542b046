package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.sandbox.ApiKey;
import dev.orderflow.sandbox.Sandbox;
import dev.orderflow.sandbox.SandboxConfiguration;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox's channels tell of a payment that other people did something to. */
class SandboxMovementsTest {
  private static final OrderId ORDER = OrderId.ofKey("moved");
  private static final StepKey REFUND = StepKey.of(ORDER, Step.REFUND);
  private static final Purchase PURCHASE =
      new Purchase(ORDER.value(), "approve", Money.parse("EUR 12.34"));

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "sk");
    sandbox =
        Sandbox.start(
            new SandboxConfiguration(
                0,
                0,
                folder.resolve("data"),
                ApiKey.in(key),
                Optional.empty(),
                Duration.ofSeconds(30)),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void refundsByWhomeverAndThoseThatCameBackAreToldInTheirOrder() throws Exception {
    SandboxChannel channel = channel(SandboxChannel::answeringAtOnce);
    ProviderTransaction paid = charged(channel);
    String ours = refunded(channel, REFUND, paid, "EUR 2.00");
    String byHand = byHand("refunds", "{\"charge\":\"%s\",\"amount\":100}", paid.reference());
    String failure = byHand("refund-failures", "{\"refund\":\"%s\"}", ours);

    Movements.Reported told = reported(channel, paid);

    assertThat(told.movements())
        .containsExactly(
            movement(Movement.Kind.REFUND, ours, "EUR 2.00", paid.reference()),
            movement(Movement.Kind.REFUND, byHand, "EUR 1.00", paid.reference()),
            new Movement(
                Movement.Kind.REFUND_FAILED,
                failure,
                Money.parse("EUR 2.00"),
                ours,
                Optional.of(
                    new Reason(
                        "account_closed",
                        "The customer's account is closed; the refund came back."))));
    assertThat(told.disputes()).isEmpty();
  }

  @Test
  void aDisputeIsToldWithTheMoneyThatItMovedAndHowItEnded() throws Exception {
    SandboxChannel channel = channel(SandboxChannel::wallet);
    ProviderTransaction held =
        channel
            .authorize(StepKey.of(ORDER, Step.AUTHORIZE), PURCHASE, budget())
            .transaction()
            .orElseThrow();
    ProviderTransaction paid =
        channel
            .capture(StepKey.of(ORDER, Step.CAPTURE), held, budget())
            .transaction()
            .orElseThrow();
    String dispute = byHand("disputes", "{\"charge\":\"%s\",\"amount\":234}", paid.reference());

    Movements.Reported open = reported(channel, paid);
    byHand("disputes/%s/won", "", dispute);
    Movements.Reported won = reported(channel, paid);

    assertThat(open.disputes())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reference()).isEqualTo(dispute);
              assertThat(told.amount()).isEqualTo(Money.parse("EUR 2.34"));
              assertThat(told.state()).isEqualTo(DisputeState.OPEN);
              assertThat(told.reason().map(Reason::code)).contains("fraudulent");
              assertThat(told.evidenceDueBy()).isPresent();
            });
    assertThat(open.movements())
        .extracting(Movement::kind)
        .containsExactly(Movement.Kind.CHARGEBACK);
    assertThat(won.disputes()).extracting(Dispute::state).containsExactly(DisputeState.WON);
    assertThat(won.movements())
        .extracting(m -> m.kind() + " " + m.amount() + " of " + m.of())
        .containsExactly(
            "CHARGEBACK EUR 2.34 of " + paid.reference(),
            "CHARGEBACK_REVERSED EUR 2.34 of " + paid.reference());
  }

  @Test
  void whatAHumanTookOfAnAuthorizationAnswersOurCapture() throws Exception {
    for (Function<SandboxConfig, SandboxChannel> made :
        List.<Function<SandboxConfig, SandboxChannel>>of(
            SandboxChannel::answeringAtOnce, SandboxChannel::plain)) {
      SandboxChannel channel = channel(made);
      StepKey authorize = StepKey.of(OrderId.ofKey(channel.name()), Step.AUTHORIZE);
      StepKey capture = StepKey.of(authorize.order(), Step.CAPTURE);
      ProviderTransaction held =
          channel
              .authorize(
                  authorize,
                  new Purchase(authorize.order().value(), "approve", PURCHASE.amount()),
                  budget())
              .transaction()
              .orElseThrow();
      String taken =
          byHand("captures", "{\"authorization\":\"%s\",\"amount\":1000}", held.reference());

      ProviderTransaction told =
          channel.capture(capture, held, budget()).transaction().orElseThrow();

      assertThat(told.reference()).isEqualTo(taken);
      assertThat(told.amount()).isEqualTo(Money.parse("EUR 10.00"));
      assertThat(told.kind()).isEqualTo(ProviderTransaction.Kind.CAPTURE);
    }
  }

  @Test
  void whatWeCapturedOurselvesIsNotTakenForAnothersCapture() {
    SandboxChannel channel = channel(SandboxChannel::plain);
    StepKey capture = StepKey.of(ORDER, Step.CAPTURE);
    ProviderTransaction held =
        channel
            .authorize(StepKey.of(ORDER, Step.AUTHORIZE), PURCHASE, budget())
            .transaction()
            .orElseThrow();
    channel.capture(capture, held, budget());

    assertThat(channel.capture(capture.next(), held, budget()).outcome().state())
        .isEqualTo(State.DECLINED);
  }

  @Test
  void whoDoesNotAnswerTellsNothing() {
    SandboxChannel channel = channel(SandboxChannel::answeringAtOnce);
    ProviderTransaction paid = charged(channel);
    ProviderTransaction stranger =
        new ProviderTransaction(
            ProviderTransaction.Kind.CHARGE,
            "ch_of_nobody",
            PURCHASE.amount(),
            ORDER.value(),
            Optional.empty());

    assertThat(channel.movements(stranger, budget())).isInstanceOf(Movements.Unanswered.class);
    sandbox.close();
    assertThat(channel.movements(paid, budget())).isInstanceOf(Movements.Unanswered.class);
  }

  private SandboxChannel channel(Function<SandboxConfig, SandboxChannel> made) {
    return made.apply(
        SandboxConfig.of(URI.create("http://127.0.0.1:" + sandbox.httpPort()), Secret.of("sk")));
  }

  private static ProviderTransaction charged(SandboxChannel channel) {
    return channel
        .charge(StepKey.of(ORDER, Step.CHARGE), PURCHASE, budget())
        .transaction()
        .orElseThrow();
  }

  private static String refunded(
      SandboxChannel channel, StepKey key, ProviderTransaction paid, String amount) {
    return channel
        .refund(key, paid, Money.parse(amount), budget())
        .outcome()
        .reference()
        .orElseThrow();
  }

  private static Movements.Reported reported(SandboxChannel channel, ProviderTransaction paid) {
    return (Movements.Reported) channel.movements(paid, budget());
  }

  private static Movement movement(Movement.Kind kind, String reference, String amount, String of) {
    return new Movement(kind, reference, Money.parse(amount), of, Optional.empty());
  }

  /** Somebody clicks in the dashboard; the object's id. */
  private String byHand(String path, String body, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + sandbox.httpPort() + "/dashboard/" + path.formatted(id)))
            .header("Authorization", "Bearer sk")
            .POST(HttpRequest.BodyPublishers.ofString(body.formatted(id)))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return Json.MAPPER.readTree(answer).required("id").textValue();
  }

  private static CallBudget budget() {
    return CallBudget.of(Duration.ofSeconds(5));
  }
}
