package dev.orderflow.activities.payment.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObject;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * What Stripe's payments say. An authorization and a charge are a PaymentIntent, {@code pi_…}; a
 * capture is the Charge that it took, {@code ch_…}; Stripe has no name for a cancellation: here it
 * is {@code pi_…/void}.
 */
final class StripeReports {
  /** The order id in an object's metadata. */
  static final String ORDER = "orderflow_order";

  /** The step's key in an object's metadata. */
  static final String KEY = "orderflow_key";

  /** The key of what captured a PaymentIntent; absent where somebody did in the dashboard. */
  static final String CAPTURE = "orderflow_capture";

  static final String VOID_SUFFIX = "/void";

  /** The reason of a payment that waits for something we have no words for. */
  static final String ACTION_UNSUPPORTED = "ACTION_UNSUPPORTED";

  private StripeReports() {}

  /** An authorization or a charge. */
  static Answer payment(PaymentIntent payment) {
    return readable(
        () ->
            switch (payment.getStatus()) {
              case "succeeded" ->
                  Answer.succeeded(
                      paid(
                          payment,
                          isAuthorization(payment)
                              ? payment.getAmount()
                              : payment.getAmountReceived()));
              case "requires_capture" ->
                  isAuthorization(payment)
                      ? Answer.succeeded(paid(payment, payment.getAmount()))
                      : StripeFailures.malformed();
              case "requires_action" -> awaited(payment);
              case "processing" ->
                  Answer.pending(new Reason("PROCESSING", "Stripe waits for the customer's bank."));
              case "requires_payment_method" -> Answer.declined(declined(payment));
              case "canceled" -> Answer.declined(declined(payment));
              default -> StripeFailures.malformed();
            });
  }

  /** The capture of an authorization. */
  static Answer capture(PaymentIntent payment) {
    return readable(
        () ->
            switch (payment.getStatus()) {
              case "succeeded" ->
                  Answer.succeeded(
                      new ProviderTransaction(
                          Kind.CAPTURE,
                          payment.getLatestCharge(),
                          money(payment.getAmountReceived(), payment.getCurrency()),
                          order(payment.getMetadata()),
                          Optional.of(payment.getId())));
              case "canceled" ->
                  Answer.declined(
                      new Reason(
                          // Stripe itself cancels what was not captured in time.
                          "automatic".equals(payment.getCancellationReason())
                              ? PaymentChannel.AUTHORIZATION_EXPIRED
                              : "authorization_ended",
                          "The authorization was canceled or has lapsed"
                              + cancellation(payment)
                              + "."));
              default -> notYet("captured");
            });
  }

  /** As the answer to a request: what another step took, this one did not. */
  static Answer captured(PaymentIntent payment, StepKey key) {
    String taker = payment.getMetadata().getOrDefault(CAPTURE, key.toString());
    return payment.getStatus().equals("succeeded") && !taker.equals(key.toString())
        ? Answer.declined(
            new Reason(
                PaymentChannel.ALREADY_CAPTURED, "The authorization is captured as " + taker + "."))
        : done(capture(payment));
  }

  /** The end of an authorization that is not captured. */
  static Answer cancellation(PaymentIntent payment, Supplier<Answer> otherwise) {
    return readable(
        () ->
            payment.getStatus().equals("canceled")
                ? Answer.succeeded(
                    new ProviderTransaction(
                        Kind.VOID,
                        payment.getId() + VOID_SUFFIX,
                        money(payment.getAmount(), payment.getCurrency()),
                        order(payment.getMetadata()),
                        Optional.of(payment.getId())))
                : otherwise.get());
  }

  /** As {@link #cancellation}, where it may have been captured or be open still. */
  static Answer voided(PaymentIntent payment) {
    return cancellation(
        payment,
        () ->
            payment.getStatus().equals("succeeded")
                ? Answer.declined(
                    new Reason(
                        PaymentChannel.ALREADY_CAPTURED, "The authorization is captured already."))
                : notYet("canceled"));
  }

  /** A Charge that came with the PaymentIntent it belongs to. */
  static Answer charge(Charge charge) {
    PaymentIntent payment = charge.getPaymentIntentObject();
    if (payment == null || !charge.getId().equals(payment.getLatestCharge())) {
      return Answer.declined(
          new Reason("not_the_last_attempt", "This charge is not what the payment ended with."));
    }
    return isAuthorization(payment) ? capture(payment) : payment(payment);
  }

  /** As the answer to a request: that it is not done yet answers only a question. */
  static Answer done(Answer answer) {
    return answer.outcome().state() == State.NOT_EXECUTED
        ? Answer.unknown(answer.outcome().reason().orElseThrow())
        : answer;
  }

  /** The library's reader takes its time for a first object: before a customer waits for it. */
  static void warmUp() {
    StripeObject.deserializeStripeObject("{\"id\": \"pi_0\"}", PaymentIntent.class, null);
  }

  static boolean isAuthorization(PaymentIntent payment) {
    return "manual".equals(payment.getCaptureMethod());
  }

  static String order(Map<String, String> metadata) {
    return metadata == null ? "" : metadata.getOrDefault(ORDER, "");
  }

  private static ProviderTransaction paid(PaymentIntent payment, Long amount) {
    return new ProviderTransaction(
        isAuthorization(payment) ? Kind.AUTHORIZATION : Kind.CHARGE,
        payment.getId(),
        money(amount, payment.getCurrency()),
        order(payment.getMetadata()),
        Optional.empty());
  }

  private static Answer awaited(PaymentIntent payment) {
    Optional<NextAction> action = StripeActions.of(payment);
    return action.isPresent()
        ? Answer.awaitsCustomer(paid(payment, payment.getAmount()), action.get())
        : Answer.pending(
            new Reason(ACTION_UNSUPPORTED, "Stripe wants something of the customer we can't say."));
  }

  private static Reason declined(PaymentIntent payment) {
    return Optional.ofNullable(payment.getLastPaymentError())
        .map(StripeDeclines::reason)
        .orElseGet(
            () ->
                new Reason(
                    payment.getStatus().equals("canceled") ? "canceled" : "not_paid",
                    "Stripe's payment is closed" + cancellation(payment) + "."));
  }

  private static String cancellation(PaymentIntent payment) {
    return Optional.ofNullable(payment.getCancellationReason()).map(why -> ": " + why).orElse("");
  }

  private static Answer notYet(String done) {
    return Answer.notExecuted(
        new Reason("NOT_FOUND", "The authorization is not " + done + " at Stripe."));
  }

  static Money money(Long amount, String currency) {
    return StripeAmounts.fromStripe(amount, currency);
  }

  /** Stripe's library checks nothing of what it reads. */
  static Answer readable(Supplier<Answer> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException | NullPointerException e) {
      return StripeFailures.malformed();
    }
  }
}
