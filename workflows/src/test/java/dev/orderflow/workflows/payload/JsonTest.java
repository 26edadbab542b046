package dev.orderflow.workflows.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Recollection;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.PaymentPlan;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.common.converter.DataConverter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels through Temporal comes out as it went in. */
class JsonTest {

  private static final OrderId ORDER = OrderId.ofKey("json");
  private static final CustomerId CUSTOMER = new CustomerId("customer-1");
  private static final Reason REASON = new Reason("OUT_OF_STOCK", "2 of 3 mugs are left");
  private static final Money MONEY = Money.parse("EUR 12.30");
  private static final PaymentBalance BALANCE =
      new PaymentBalance(MONEY, MONEY, Money.zero(CurrencyUnit.EUR), List.of());
  private static final Decision DECISION =
      new Decision("op-1", Decision.Role.OPERATOR, "looked at it");

  private static StepKey key(Step step) {
    return StepKey.of(ORDER, step);
  }

  private static OrderDocument document() {
    return new OrderDocument(
        "json",
        CUSTOMER,
        new OrderDocument.Recipient(
            "Zoë Ünal", "zoe@example.com", Optional.of(OrderDocument.Language.DE)),
        CurrencyUnit.of("JPY"),
        List.of(
            new OrderDocument.Line(
                "mug-blue",
                3,
                Optional.of(new BigDecimal("1250.00")),
                Optional.of(LineKind.ARTICLE),
                Optional.of(new BigDecimal("7.7")),
                Optional.of(false)),
            new OrderDocument.Line(
                "post", 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())),
        Optional.of("SPRING"),
        new OrderDocument.Payment(Optional.of("sandbox"), "tok_1"),
        Optional.of(new BigDecimal("1E+3")));
  }

  private static OrderPlan plan() {
    return new OrderPlan(
        CUSTOMER,
        List.of(new OrderPlan.Line(1, "mug-blue", "Blue mug", LineKind.ARTICLE, 3, MONEY, MONEY)),
        MONEY,
        Optional.of("SPRING"),
        Optional.of("thanks"),
        new PaymentPlan(
            List.of("sandbox", "wallet"),
            Optional.of(Duration.ofHours(36)),
            Optional.of(
                new PaymentWait(
                    Duration.ofMinutes(30),
                    3,
                    List.of(Duration.ofSeconds(20), Duration.ofMinutes(1)))),
            Optional.of(REASON)),
        Duration.ofMillis(2_500));
  }

  private static OrderPlan leanPlan() {
    return new OrderPlan(
        CUSTOMER,
        List.of(),
        MONEY,
        Optional.empty(),
        Optional.empty(),
        PaymentPlan.by("sandbox"),
        Duration.ZERO);
  }

  private static final Archived ARCHIVED =
      new Archived(Instant.EPOCH, Instant.parse("2026-01-02T03:04:05.006Z"));

  private static Review review() {
    return new Review(
        2, key(Step.REFUND), REASON, Set.of(Review.Choice.RETRY, Review.Choice.ACCEPT));
  }

  static Stream<Object> orders() {
    return Stream.of(
        document(),
        plan(),
        leanPlan(),
        OrderInput.place(document()),
        OrderInput.recover(ORDER),
        new Acceptance(
            OrderStatus.IN_REVIEW,
            Optional.of(REASON),
            Optional.of(plan()),
            Optional.of(document())),
        new Acceptance(
            OrderStatus.PLACED,
            Optional.empty(),
            Optional.of(plan()),
            Optional.empty(),
            true,
            List.of(new OrderView.StepView(key(Step.CHARGE), Outcome.succeeded(), Instant.EPOCH)),
            Optional.of(new Revival(2, key(Step.RECEIVE))),
            Optional.of("wallet"),
            Optional.of(BALANCE),
            Optional.empty()),
        Acceptance.archived(OrderStatus.CANCELLED, Optional.of(REASON), ARCHIVED),
        OrderView.archived(ORDER, OrderStatus.COMPLETED, Optional.empty(), ARCHIVED),
        new Recollection(
            Optional.of(
                OrderView.archived(ORDER, OrderStatus.COMPLETED, Optional.empty(), ARCHIVED))),
        RevivalDecision.revived(new Revival(2, key(Step.RECEIVE))),
        RevivalDecision.refused(REASON),
        new PaymentWait(
            Duration.ofMinutes(30),
            3,
            List.of(Duration.ofSeconds(20)),
            Optional.of(Duration.ofHours(24))),
        new Acceptance(OrderStatus.REJECTED, Optional.empty(), Optional.empty(), Optional.empty()),
        DECISION,
        review(),
        new ReviewDecision(DECISION, 2, Review.Choice.ACCEPT, Optional.of("re_1")),
        new ReviewDecision(DECISION, 2, Review.Choice.RETRY, Optional.empty()),
        new CancelReply(CancelReply.Verdict.REFUSED, OrderStatus.COMPLETED, "too late"),
        new OrderView(
            ORDER,
            OrderStatus.IN_REVIEW,
            Optional.of(REASON),
            Optional.of(plan()),
            List.of(
                new OrderView.StepView(
                    key(Step.CHARGE),
                    Outcome.succeeded("ch_1"),
                    Instant.parse("2026-01-02T03:04:05.006Z"))),
            Optional.of(review()),
            Optional.of(
                new NextAction.Redirect(
                    URI.create("https://pay.example.com/1"),
                    Instant.parse("2026-01-02T03:34:05Z")))),
        new OrderView(
            ORDER,
            OrderStatus.PLACED,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        new NextAction.QrCode("wxp://1", Instant.EPOCH),
        new NextAction.Transfer("DE00 0000", "1", MONEY, Instant.EPOCH),
        PaymentAnswer.of(Outcome.succeeded("ch_1")),
        PaymentAnswer.of(Outcome.succeeded("ch_1")).by("wallet"),
        new PaymentChoice(Optional.of("wallet"), "ok"),
        new UndoRequest(ORDER, OrderStatus.CANCELLED, REASON, DECISION),
        new UndoPlan(
            Optional.of(REASON),
            OrderStatus.COMPLETED,
            REASON,
            Optional.of(plan()),
            List.of(new UndoPlan.Undo(key(Step.REFUND).next(), key(Step.CHARGE)))),
        new UndoPlan(Optional.empty(), OrderStatus.FAILED, REASON, Optional.empty(), List.of()),
        new UndoPlan(
            Optional.empty(),
            OrderStatus.REJECTED,
            REASON,
            Optional.of(plan()),
            List.of(),
            List.of(),
            Optional.of(key(Step.RETURN_NOTICE)),
            Optional.of(BALANCE)),
        new Observation(
            List.of(new UndoPlan.Undo(key(Step.REFUND).next(), key(Step.CHARGE))),
            Optional.of(BALANCE)),
        new OrderActivities.Ending(ORDER, OrderStatus.FAILED, REASON),
        new OrderActivities.ReviewRequest(ORDER, OrderStatus.ON_HOLD, key(Step.CAPTURE), REASON));
  }

  static Stream<Object> effects() {
    StepKey key = key(Step.CHARGE);
    return Stream.of(
        key,
        key.next(),
        ORDER,
        CUSTOMER,
        REASON,
        MONEY,
        Money.parse("JPY -1250"),
        CurrencyUnit.EUR,
        Outcome.succeeded(),
        Outcome.succeeded("ch_1"),
        Outcome.declined(REASON),
        Outcome.notExecuted(REASON),
        Outcome.pending(REASON),
        Outcome.unknown(REASON),
        new PaymentActivities.Payment(key, "sandbox", "tok_1", MONEY),
        new PaymentActivities.Capture(key(Step.CAPTURE), key(Step.AUTHORIZE)),
        new PaymentActivities.Reversal(key(Step.REFUND), key),
        new PaymentActivities.Verification(key(Step.REFUND), key, "re_1"),
        new InventoryActivities.Reservation(
            key(Step.RESERVE), List.of(new InventoryActivities.Line(1, "mug-blue", 3))),
        new InventoryActivities.Return(key(Step.RELEASE), key(Step.RESERVE)),
        new CouponActivities.Hold(key(Step.COUPON_HOLD), "SPRING", CUSTOMER),
        new CouponActivities.Release(key(Step.COUPON_RELEASE), key(Step.COUPON_HOLD)),
        new RewardActivities.Grant(key(Step.GRANT), "thanks", CUSTOMER),
        new RewardActivities.Revocation(key(Step.REVOKE), key(Step.GRANT)),
        new NotificationActivities.Message(
            key(Step.CONFIRM), NotificationActivities.Event.ORDER_CONFIRMED));
  }

  @ParameterizedTest
  @MethodSource({"orders", "effects"})
  void comesOutAsItWentIn(Object value) {
    DataConverter converter = Payloads.plain();

    Object read =
        converter.fromPayload(
            converter.toPayload(value).orElseThrow(), value.getClass(), value.getClass());

    assertThat(read).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aFieldThatNobodyKnowsIsRefused(Object value) throws JsonProcessingException {
    String json = Json.MAPPER.writeValueAsString(value);
    String more = "{\"unexpected\":1," + json.substring(1);

    assertThatThrownBy(() -> Json.MAPPER.readValue(more, value.getClass()))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("unexpected");
  }

  @Test
  void isWrittenForPeople() throws JsonProcessingException {
    assertThat(Json.MAPPER.writeValueAsString(MONEY)).isEqualTo("\"EUR 12.30\"");
    assertThat(Json.MAPPER.writeValueAsString(CurrencyUnit.EUR)).isEqualTo("\"EUR\"");
    assertThat(Json.MAPPER.writeValueAsString(Duration.ofHours(36))).isEqualTo("\"PT36H\"");
    assertThat(Json.MAPPER.writeValueAsString(key(Step.COUPON_HOLD).next()))
        .isEqualTo("\"" + ORDER + "/coupon-hold/2\"");
    assertThat(Json.MAPPER.writeValueAsString(Outcome.succeeded()))
        .isEqualTo("{\"state\":\"SUCCEEDED\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"12.30\"",
        "\"EUR 12.345\"",
        "\"EUR\"",
        "\"XXQ 1.00\"",
        "12.30",
        "\"\"",
        "\"EUR 1,00\""
      })
  void whatIsNotMoneyIsRefused(String json) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(json, Money.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\":\"A\",\"code\":\"B\",\"message\":\"m\"}", "{} {}"})
  void whatCanBeReadTwoWaysIsRefused(String json) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(json, Reason.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\"ord-0/charge\"", "\"\"", "null/charge"})
  void whatIsNotAKeyIsRefused(String json) {
    assertThatThrownBy(() -> Json.MAPPER.readValue(json, StepKey.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void whatEarlierVersionsObservedIsStillRead() throws JsonProcessingException {
    List<UndoPlan.Undo> undos = List.of(new UndoPlan.Undo(key(Step.REFUND), key(Step.CHARGE)));

    String former = Json.MAPPER.writeValueAsString(undos);

    assertThat(Json.MAPPER.readValue(former, Observation.class)).isEqualTo(Observation.of(undos));
  }
}
