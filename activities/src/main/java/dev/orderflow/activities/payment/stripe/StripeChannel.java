package dev.orderflow.activities.payment.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.StripeResponse;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * Stripe's PaymentIntents. The order's token is a PaymentMethod ({@code pm_…}) or a
 * ConfirmationToken ({@code ctoken_…}) that Stripe.js made in the customer's browser. The client
 * secret never leaves this class, so that what is declined stays declined.
 */
public final class StripeChannel implements PaymentChannel {
  /** A week for most cards, five days for some; other means of payment hold longer. */
  private static final Optional<Duration> AUTHORIZATION_LASTS = Optional.of(Duration.ofDays(5));

  private final String name;
  private final StripeConfig config;
  private final StripeApi api;
  private final StripeRequests requests;
  private final StripeQuestions questions;
  private final StripeCancellations cancellations;

  public StripeChannel(String name, StripeConfig config, Clock clock) {
    this.name = name;
    this.config = config;
    this.api = new StripeApi(config);
    this.requests = new StripeRequests(config.returnUrl());
    this.questions = new StripeQuestions(api, clock);
    this.cancellations = new StripeCancellations(api, questions);
    StripeReports.warmUp();
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Stripe keeps keys for at least 24 hours; an hour of that is left to clocks that differ. It
   * gives up a request after 80 seconds, and its search usually lags by less than a minute.
   */
  @Override
  public Abilities abilities() {
    return new Abilities(
        Optional.of(Duration.ofHours(23)),
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        Abilities.Steps.AUTHORIZE_AND_CAPTURE,
        Abilities.Fence.CLOSE,
        config.returnUrl().isPresent() ? Abilities.Customer.ACTS : Abilities.Customer.ABSENT,
        AUTHORIZATION_LASTS);
  }

  @Override
  public CallLimits limits() {
    return config.limits();
  }

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    return pay(key, purchase, CaptureMethod.MANUAL, budget);
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return pay(key, purchase, CaptureMethod.AUTOMATIC, budget);
  }

  private Answer pay(StepKey key, Purchase purchase, CaptureMethod method, CallBudget budget) {
    return ofPossibleAmount(
        () -> requests.payment(key, purchase, method),
        params ->
            questions.afterwards(
                key,
                budget,
                api.request(
                    budget,
                    (client, options) ->
                        client.v1().paymentIntents().create(params, options.once(key)),
                    payment -> begun(payment, budget))));
  }

  /** Under a known key Stripe tells what it told the first time, and nothing of what came since. */
  private Answer begun(PaymentIntent payment, CallBudget budget) {
    Answer answer =
        isReplayed(payment.getLastResponse())
            ? questions.payment(payment.getId(), budget, StripeReports::payment)
            : StripeReports.payment(payment);
    // What we can't tell the customer, they can't do: nobody is to wait for it.
    return StripeQuestions.isFor(StripeReports.ACTION_UNSUPPORTED, answer)
        ? cancellations.cancel(payment.getId(), budget)
        : answer;
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    String id = authorization.reference();
    return ofPossibleAmount(
        () -> requests.capture(key, authorization),
        params ->
            questions.afterwards(
                key,
                budget,
                api.request(
                    budget,
                    (client, options) -> {
                      try {
                        return client.v1().paymentIntents().capture(id, params, options.once(key));
                      } catch (StripeException e) {
                        return StripeLookup.unchanged(e, client, options, id);
                      }
                    },
                    payment -> StripeReports.captured(payment, key))));
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return cancellations.voidAuthorization(key, authorization.reference(), budget);
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return ofPossibleAmount(
        () -> requests.refund(key, payment, amount),
        params ->
            questions.afterwards(
                key,
                budget,
                api.request(
                    budget,
                    (client, options) -> client.v1().refunds().create(params, options.once(key)),
                    refund -> given(refund, payment, budget))));
  }

  private Answer given(Refund refund, ProviderTransaction payment, CallBudget budget) {
    return isReplayed(refund.getLastResponse())
        ? questions.fetch(refund.getId(), budget)
        : StripeRefundReports.refund(refund, payment.reference(), payment.merchantReference());
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return questions.find(key, budget);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return questions.fetch(reference, budget);
  }

  @Override
  public Answer close(StepKey key, CallBudget budget) {
    return cancellations.close(key, budget);
  }

  @Override
  public Movements movements(ProviderTransaction payment, CallBudget budget) {
    return StripeMovements.ask(api, payment.reference(), budget);
  }

  @Override
  public Answer captured(ProviderTransaction authorization, CallBudget budget) {
    return questions.payment(authorization.reference(), budget, StripeReports::capture);
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return config.trust().map(StripeCallbacks::new);
  }

  private static <P> Answer ofPossibleAmount(Supplier<P> params, Function<P, Answer> request) {
    P possible;
    try {
      possible = params.get();
    } catch (ArithmeticException e) {
      return Answer.declined(new Reason("amount_not_possible", "There is " + e.getMessage() + "."));
    }
    return request.apply(possible);
  }

  private static boolean isReplayed(StripeResponse response) {
    return response != null
        && response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
  }
}
