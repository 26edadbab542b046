package dev.orderflow.activities.payment.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.activities.payment.CallbackRefused;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/**
 * What every payment channel promises, against its provider's test server. Extend it, say which
 * tokens do what there, and run it; what the channel does not declare is left out.
 */
public abstract class PaymentChannelContract {
  /** Longer than any healthy answer of a test server. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final OrderId order = OrderId.ofKey(UUID.randomUUID().toString());
  private final StepKey charge = StepKey.of(order, Step.CHARGE);
  private final StepKey authorize = StepKey.of(order, Step.AUTHORIZE);
  private final StepKey capture = StepKey.of(order, Step.CAPTURE);
  private final StepKey voiding = StepKey.of(order, Step.VOID);
  private final StepKey refund = StepKey.of(order, Step.REFUND);

  /** The channel, of a server that is at work. */
  protected abstract PaymentChannel channel();

  /** A means of payment that is accepted at once. */
  protected abstract String acceptedToken();

  /** One that is refused for good. */
  protected abstract String refusedToken();

  /** One whose payment is made, while the answer to the request does not come for a minute. */
  protected abstract String unansweredToken();

  /**
   * One whose authorization succeeds, and has lapsed when it is captured; empty where the test
   * server has none.
   */
  protected Optional<String> lapsedToken() {
    return Optional.empty();
  }

  /**
   * Somebody captures the authorization at the provider, all of it.
   *
   * @return false where the test server has no way to do that
   */
  protected boolean capturesByHand(ProviderTransaction authorization) {
    return false;
  }

  /** One whose payment waits for the customer; needed where customers act. */
  protected String waitingToken() {
    throw new UnsupportedOperationException("waitingToken");
  }

  /** A callback as the provider would send it at that moment; needed where it sends any. */
  protected Callback callback(Instant sentAt) {
    throw new UnsupportedOperationException("callback");
  }

  /** What is paid; the provider must take it and one minor unit more. */
  protected Money amount() {
    return Money.parse("EUR 12.34");
  }

  private Purchase purchase(String token, Money amount) {
    return new Purchase(order.value(), token, amount);
  }

  private static CallBudget budget() {
    return CallBudget.of(PATIENCE);
  }

  private Answer pay(String token) {
    return channel().charge(charge, purchase(token, amount()), budget());
  }

  private static ProviderTransaction done(Answer answer, Kind kind) {
    assertThat(answer.outcome().state()).as("%s", answer).isEqualTo(State.SUCCEEDED);
    ProviderTransaction transaction = answer.transaction().orElseThrow();
    assertThat(transaction.kind()).isEqualTo(kind);
    return transaction;
  }

  private static State state(Answer answer) {
    return answer.outcome().state();
  }

  private boolean enforcesKeys() {
    return channel().abilities().keyWindow().isPresent();
  }

  private boolean holds() {
    return channel().abilities().steps() == Abilities.Steps.AUTHORIZE_AND_CAPTURE;
  }

  @Test
  void aPaymentIsReportedAsItWasAskedForAndFoundAgain() {
    ProviderTransaction paid = done(pay(acceptedToken()), Kind.CHARGE);

    assertThat(paid.amount()).isEqualTo(amount());
    assertThat(paid.merchantReference()).isEqualTo(order.value());
    assertThat(done(channel().find(charge, budget()), Kind.CHARGE)).isEqualTo(paid);
    assertThat(done(channel().fetch(paid.reference(), budget()), Kind.CHARGE)).isEqualTo(paid);
  }

  @Test
  void aRefusalIsFinalAndSaysWhy() {
    Answer refused = pay(refusedToken());

    assertThat(state(refused)).isEqualTo(State.DECLINED);
    assertThat(refused.outcome().reason().orElseThrow().code()).isNotBlank();
    assertThat(state(channel().find(charge, budget()))).isIn(State.DECLINED, State.NOT_EXECUTED);
  }

  @Test
  void theSameKeyHasTheSameAnswer() {
    assumeTrue(enforcesKeys(), "the channel declares no keys");

    ProviderTransaction first = done(pay(acceptedToken()), Kind.CHARGE);

    assertThat(done(pay(acceptedToken()), Kind.CHARGE)).isEqualTo(first);
  }

  @Test
  void aKeyWithAnotherPayloadMakesNoSecondPayment() {
    assumeTrue(enforcesKeys(), "the channel declares no keys");
    ProviderTransaction first = done(pay(acceptedToken()), Kind.CHARGE);

    Answer other =
        channel().charge(charge, purchase(acceptedToken(), amount().plusMinor(1)), budget());

    assertThat(state(other)).isEqualTo(State.UNKNOWN);
    assertThat(other.outcome().reason().map(Reason::code)).contains(PaymentChannel.KEY_REUSED);
    assertThat(done(channel().find(charge, budget()), Kind.CHARGE)).isEqualTo(first);
  }

  @Test
  void whatWasNeverAskedForIsNotKnown() {
    assertThat(state(channel().find(charge, budget()))).isEqualTo(State.NOT_EXECUTED);
    assertThat(state(channel().fetch("no-such-reference", budget()))).isEqualTo(State.NOT_EXECUTED);
  }

  @Test
  void aPaymentWithoutAnAnswerIsUnknownAndAQuestionSettlesIt() {
    Answer unanswered =
        channel()
            .charge(
                charge,
                purchase(unansweredToken(), amount()),
                CallBudget.of(Duration.ofSeconds(2)));

    assertThat(state(unanswered)).isEqualTo(State.UNKNOWN);
    assertThat(foundWithin(channel().abilities().visibilityDelay())).isEqualTo(State.SUCCEEDED);
  }

  /** Asks until the provider knows, as long as it may take by what the channel declares. */
  private State foundWithin(Duration delay) {
    CallBudget left = CallBudget.of(delay.plus(PATIENCE));
    State state = state(channel().find(charge, budget()));
    while (state != State.SUCCEEDED && !left.remaining().isZero()) {
      state = state(channel().find(charge, budget()));
    }
    return state;
  }

  @Test
  void aSpentBudgetMakesNoPayment() {
    Answer late =
        channel().charge(charge, purchase(acceptedToken(), amount()), CallBudget.of(Duration.ZERO));

    assertThat(state(late)).isEqualTo(State.NOT_EXECUTED);
    assertThat(state(channel().find(charge, budget()))).isEqualTo(State.NOT_EXECUTED);
  }

  @Test
  void partsAreGivenBackUntilNothingIsLeftAndNoMore() {
    ProviderTransaction paid = done(pay(acceptedToken()), Kind.CHARGE);
    Money part = Money.ofMinor(amount().getCurrencyUnit(), 1);

    ProviderTransaction first = done(channel().refund(refund, paid, part, budget()), Kind.REFUND);
    Answer tooMuch = channel().refund(refund.next(), paid, amount(), budget());
    ProviderTransaction rest =
        done(
            channel().refund(refund.next().next(), paid, amount().minus(part), budget()),
            Kind.REFUND);

    assertThat(first.amount()).isEqualTo(part);
    assertThat(first.parent()).contains(paid.reference());
    assertThat(state(tooMuch)).isEqualTo(State.DECLINED);
    assertThat(rest.reference()).isNotEqualTo(first.reference());
  }

  @Test
  void whatBecameOfAPaymentIsToldAndARefundOfOursIsThereOnce() throws NoSuchMethodException {
    assumeTrue(tellsMovements(), "the channel can't be asked what became of a payment");
    ProviderTransaction paid = done(pay(acceptedToken()), Kind.CHARGE);
    assertThat(channel().movements(paid, budget())).isEqualTo(Movements.none());
    Money part = Money.ofMinor(amount().getCurrencyUnit(), 1);

    ProviderTransaction given = done(channel().refund(refund, paid, part, budget()), Kind.REFUND);

    Movements told = channel().movements(paid, budget());
    assertThat(told)
        .isInstanceOfSatisfying(
            Movements.Reported.class,
            reported -> {
              assertThat(reported.movements())
                  .singleElement()
                  .usingRecursiveComparison()
                  .ignoringFields("reason")
                  .isEqualTo(
                      new Movement(
                          Movement.Kind.REFUND,
                          given.reference(),
                          part,
                          paid.reference(),
                          Optional.empty()));
              assertThat(reported.disputes()).isEmpty();
            });
    assertThat(channel().movements(paid, budget())).isEqualTo(told);
    assertThat(channel().movements(paid, CallBudget.of(Duration.ZERO)))
        .isInstanceOf(Movements.Unanswered.class);
  }

  /** Whether it says something of its own. */
  private boolean tellsMovements() throws NoSuchMethodException {
    return !channel()
        .getClass()
        .getMethod("movements", ProviderTransaction.class, CallBudget.class)
        .getDeclaringClass()
        .equals(PaymentChannel.class);
  }

  @Test
  void whatIsHeldIsTakenOnce() {
    assumeTrue(holds(), "the channel only charges");
    ProviderTransaction held =
        done(
            channel().authorize(authorize, purchase(acceptedToken(), amount()), budget()),
            Kind.AUTHORIZATION);

    ProviderTransaction taken = done(channel().capture(capture, held, budget()), Kind.CAPTURE);

    assertThat(taken.amount()).isEqualTo(amount());
    assertThat(taken.parent()).contains(held.reference());
    assertThat(state(channel().capture(capture.next(), held, budget())))
        .isNotEqualTo(State.SUCCEEDED);
  }

  @Test
  void whatIsGivenUpIsNotTaken() {
    assumeTrue(holds(), "the channel only charges");
    ProviderTransaction held =
        done(
            channel().authorize(authorize, purchase(acceptedToken(), amount()), budget()),
            Kind.AUTHORIZATION);

    done(channel().voidAuthorization(voiding, held, budget()), Kind.VOID);

    assertThat(state(channel().capture(capture, held, budget()))).isNotEqualTo(State.SUCCEEDED);
  }

  @Test
  void aPaymentThatWaitsForItsCustomerSaysWhatTheyHaveToDo() {
    assumeTrue(channel().abilities().customer() == Abilities.Customer.ACTS, "nobody is waited for");

    Answer waiting = pay(waitingToken());

    assertThat(state(waiting)).isEqualTo(State.PENDING);
    assertThat(waiting.outcome().reason().map(Reason::code)).contains(Answer.AWAITING_CUSTOMER);
    assertThat(waiting.nextAction().orElseThrow().expiresAt()).isAfter(Instant.now());
    assertThat(channel().find(charge, budget()).nextAction()).isEqualTo(waiting.nextAction());
  }

  @Test
  void aClosedPaymentCannotBePaidAnyMore() {
    assumeTrue(channel().abilities().fence() == Abilities.Fence.CLOSE, "nothing can be closed");
    pay(waitingToken());

    assertThat(state(channel().close(charge, budget()))).isEqualTo(State.DECLINED);
    assertThat(state(channel().close(charge, budget()))).isEqualTo(State.DECLINED);
    assertThat(state(channel().find(charge, budget()))).isEqualTo(State.DECLINED);
  }

  @Test
  void closingAPaymentThatWasMadeSaysSo() {
    assumeTrue(channel().abilities().fence() == Abilities.Fence.CLOSE, "nothing can be closed");
    ProviderTransaction paid = done(pay(acceptedToken()), Kind.CHARGE);

    assertThat(done(channel().close(charge, budget()), Kind.CHARGE)).isEqualTo(paid);
  }

  @Test
  void whatSomebodyCapturedAtTheProviderIsNotVoidedButSaidAndCanBeGivenBack() {
    assumeTrue(holds());
    ProviderTransaction held =
        done(
            channel().authorize(authorize, purchase(acceptedToken(), amount()), budget()),
            Kind.AUTHORIZATION);
    assertThat(state(channel().captured(held, budget()))).isEqualTo(State.NOT_EXECUTED);
    assumeTrue(capturesByHand(held), "nobody can capture by hand at the test server");

    Answer voided = channel().voidAuthorization(voiding, held, budget());

    assertThat(state(voided)).isEqualTo(State.DECLINED);
    assertThat(voided.outcome().reason().map(Reason::code))
        .contains(PaymentChannel.ALREADY_CAPTURED);
    ProviderTransaction taken = done(channel().captured(held, budget()), Kind.CAPTURE);
    assertThat(taken.amount()).isEqualTo(amount());
    assertThat(taken.merchantReference()).isEqualTo(order.value());
    assertThat(taken.parent()).contains(held.reference());
    done(channel().refund(refund, taken, amount(), budget()), Kind.REFUND);
  }

  @Test
  void anAuthorizationThatLapsedIsDeclinedAsSuch() {
    assumeTrue(lapsedToken().isPresent(), "the test server lets none lapse");
    ProviderTransaction held =
        done(
            channel().authorize(authorize, purchase(lapsedToken().get(), amount()), budget()),
            Kind.AUTHORIZATION);

    Answer answer = channel().capture(capture, held, budget());

    assertThat(state(answer)).isEqualTo(State.DECLINED);
    assertThat(answer.outcome().reason().orElseThrow().code())
        .isEqualTo(PaymentChannel.AUTHORIZATION_EXPIRED);
  }

  @Test
  void onlyWhatIsHeldCanLapse() {
    Optional<Duration> lasts = channel().abilities().authorizationLasts();
    assumeTrue(lasts.isPresent(), "nothing is held, or nothing lapses");
    assertThat(holds()).isTrue();
    assertThat(lasts.get()).isPositive();
  }

  @Test
  void whatIsDeclaredFitsTheWorkersTimeLimits() {
    assertThat(channel().limits().localTimeout()).isLessThan(Duration.ofMillis(2_500));
    assertThat(channel().limits().timeout()).isLessThan(Duration.ofSeconds(30));
    assertThat(channel().abilities().longestRequest()).isPositive();
    assertThat(
            channel().callbacks().isPresent()
                || channel().abilities().customer() == Abilities.Customer.ABSENT)
        .as("whose customers act tells of it")
        .isTrue();
  }

  @Test
  void aGenuineCallbackIsBelievedAndItsCopyIsTheSameEvent() {
    assumeTrue(channel().callbacks().isPresent(), "the provider sends no callbacks");
    Callback genuine = callback(Instant.now());

    CallbackEvent event = channel().callbacks().orElseThrow().read(genuine);

    assertThat(event.id()).isNotBlank();
    assertThat(event.reference().or(event::merchantReference)).isPresent();
    assertThat(channel().callbacks().orElseThrow().read(genuine)).isEqualTo(event);
  }

  @Test
  void aForgedCallbackIsRefused() {
    assumeTrue(channel().callbacks().isPresent(), "the provider sends no callbacks");
    Callback genuine = callback(Instant.now());
    byte[] changed = genuine.body();
    changed[changed.length - 2] ^= 1;

    refused(
        new Callback(genuine.headers(), changed, genuine.receivedAt()), CallbackRefused.Why.FORGED);
    refused(
        new Callback(Map.of(), genuine.body(), genuine.receivedAt()), CallbackRefused.Why.FORGED);
  }

  @Test
  void aStaleCallbackIsRefused() {
    assumeTrue(channel().callbacks().isPresent(), "the provider sends no callbacks");
    Callback genuine = callback(Instant.now());

    refused(
        new Callback(
            genuine.headers(), genuine.body(), genuine.receivedAt().plus(Duration.ofDays(1))),
        CallbackRefused.Why.STALE);
  }

  private void refused(Callback callback, CallbackRefused.Why why) {
    assertThatThrownBy(() -> channel().callbacks().orElseThrow().read(callback))
        .isInstanceOfSatisfying(
            CallbackRefused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }
}
