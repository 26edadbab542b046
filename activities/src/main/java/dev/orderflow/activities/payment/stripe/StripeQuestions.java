package dev.orderflow.activities.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What Stripe knows, by its own references and by our keys. */
final class StripeQuestions {
  private static final Set<String> HELD = Set.of("requires_capture", "succeeded");

  private final StripeApi api;
  private final StripeLookup lookup;

  StripeQuestions(StripeApi api, Clock clock) {
    this.api = api;
    this.lookup = new StripeLookup(clock);
  }

  /** Of a PaymentIntent, a Charge, a Refund, or a cancellation as we call it. */
  Answer fetch(String reference, CallBudget budget) {
    if (reference.startsWith("pi_") && reference.endsWith(StripeReports.VOID_SUFFIX)) {
      String id = reference.substring(0, reference.length() - StripeReports.VOID_SUFFIX.length());
      return payment(id, budget, StripeReports::voided);
    } else if (reference.startsWith("pi_")) {
      return payment(reference, budget, StripeReports::payment);
    } else if (reference.startsWith("re_") || reference.startsWith("pyr_")) {
      return api.question(
          budget,
          (client, options) ->
              client
                  .v1()
                  .refunds()
                  .retrieve(
                      reference,
                      RefundRetrieveParams.builder().addExpand("payment_intent").build(),
                      options.plain()),
          StripeRefundReports::refund);
    } else if (reference.startsWith("ch_") || reference.startsWith("py_")) {
      return api.<Charge>question(
          budget,
          (client, options) ->
              client
                  .v1()
                  .charges()
                  .retrieve(
                      reference,
                      ChargeRetrieveParams.builder().addExpand("payment_intent").build(),
                      options.plain()),
          StripeReports::charge);
    }
    return Answer.notExecuted(
        new Reason("NOT_FOUND", "Stripe has no object '" + reference + "' that moves money."));
  }

  /** A PaymentIntent as it is now. */
  Answer payment(String id, CallBudget budget, Function<PaymentIntent, Answer> read) {
    return api.question(
        budget, (client, options) -> StripeLookup.retrieve(client, options, id), read);
  }

  Answer find(StepKey key, CallBudget budget) {
    return switch (key.step()) {
      case AUTHORIZE, CHARGE -> ofKey(key, budget, StripeReports::payment);
      case CAPTURE ->
          ofAuthorization(
              key, budget, payment -> HELD.contains(payment.getStatus()), StripeReports::capture);
      case VOID ->
          ofAuthorization(key, budget, StripeQuestions::wasAuthorized, StripeReports::voided);
      case REFUND -> ofRefund(key, budget);
      default -> nothing();
    };
  }

  /** What was begun with a key. */
  Answer ofKey(StepKey key, CallBudget budget, Function<PaymentIntent, Answer> read) {
    Predicate<PaymentIntent> isOfKey =
        payment -> key.toString().equals(payment.getMetadata().get(StripeReports.KEY));
    return api.question(
        budget,
        (client, options) -> lookup.find(client, options, key.order(), isOfKey),
        found -> only(found, read));
  }

  /** What became of an authorization that an order has: no request on it leaves its own key. */
  private Answer ofAuthorization(
      StepKey key,
      CallBudget budget,
      Predicate<PaymentIntent> wanted,
      Function<PaymentIntent, Answer> read) {
    return api.question(
        budget,
        (client, options) ->
            lookup.find(client, options, key.order(), wanted.and(StripeReports::isAuthorization)),
        found -> only(found, read));
  }

  private static boolean wasAuthorized(PaymentIntent payment) {
    Charge charge = payment.getLatestChargeObject();
    boolean canceled = payment.getStatus().equals("canceled");
    return HELD.contains(payment.getStatus())
        || canceled && charge != null && "succeeded".equals(charge.getStatus());
  }

  private static Answer only(List<PaymentIntent> found, Function<PaymentIntent, Answer> read) {
    return switch (found.size()) {
      case 0 -> nothing();
      case 1 -> read.apply(found.get(0));
      default ->
          Answer.unknown(
              new Reason(
                  "AMBIGUOUS",
                  "Stripe has several payments of this order that it could be: "
                      + found.stream().map(PaymentIntent::getId).toList()));
    };
  }

  private Answer ofRefund(StepKey key, CallBudget budget) {
    return api.question(
        budget, (client, options) -> refund(client, options, key), StripeQuestions::refund);
  }

  private static Answer refund(Optional<Refund> found) {
    return found.map(StripeRefundReports::refund).orElseGet(StripeQuestions::nothing);
  }

  /** Refunds can't be searched, but those of a payment are listed as they are now. */
  private Optional<Refund> refund(StripeClient client, StripeApi.Options options, StepKey key)
      throws StripeException {
    for (PaymentIntent payment : lookup.find(client, options, key.order(), any -> true)) {
      RefundListParams params =
          RefundListParams.builder()
              .setPaymentIntent(payment.getId())
              .addExpand("data.payment_intent")
              .setLimit(100L)
              .build();
      Optional<Refund> ours =
          client.v1().refunds().list(params, options.plain()).getData().stream()
              .filter(refund -> isOf(key, refund.getMetadata()))
              .findFirst();
      if (ours.isPresent()) {
        return ours;
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(StepKey key, Map<String, String> metadata) {
    return metadata != null && key.toString().equals(metadata.get(StripeReports.KEY));
  }

  /**
   * What is known after a request. Where Stripe failed it would, under this key, only fail again:
   * what became of it is asked.
   */
  Answer afterwards(StepKey key, CallBudget budget, Answer answer) {
    boolean failed = isFor(StripeFailures.SERVER_ERROR, answer);
    if (!failed || budget.remaining().isZero()) {
      return answer;
    }
    Answer found = find(key, budget);
    State state = found.outcome().state();
    return state == State.NOT_EXECUTED || state == State.UNKNOWN ? answer : found;
  }

  static boolean isFor(String code, Answer answer) {
    return answer.outcome().reason().filter(reason -> reason.code().equals(code)).isPresent();
  }

  private static Answer nothing() {
    return Answer.notExecuted(new Reason("NOT_FOUND", "Stripe knows nothing under this key."));
  }
}
