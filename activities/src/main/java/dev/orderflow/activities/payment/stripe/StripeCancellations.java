package dev.orderflow.activities.payment.stripe;

import com.stripe.exception.StripeException;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.workflows.saga.StepKey;

/** Ends PaymentIntents: those that are authorized, and those that wait for the customer. */
final class StripeCancellations {
  private final StripeApi api;
  private final StripeQuestions questions;

  StripeCancellations(StripeApi api, StripeQuestions questions) {
    this.api = api;
    this.questions = questions;
  }

  Answer voidAuthorization(StepKey key, String id, CallBudget budget) {
    return questions.afterwards(
        key,
        budget,
        api.request(
            budget,
            (client, options) -> {
              try {
                return client.v1().paymentIntents().cancel(id, options.once(key));
              } catch (StripeException e) {
                return StripeLookup.unchanged(e, client, options, id);
              }
            },
            payment -> StripeReports.done(StripeReports.voided(payment))));
  }

  /** What the customer could still pay, or try again to. */
  Answer close(StepKey key, CallBudget budget) {
    return questions.ofKey(
        key,
        budget,
        payment ->
            switch (payment.getStatus()) {
              case "requires_action", "requires_payment_method", "requires_confirmation" ->
                  cancel(payment.getId(), budget);
              default -> StripeReports.payment(payment);
            });
  }

  /** Without a key: it may be asked as often as one likes, and must not hear an old answer. */
  Answer cancel(String id, CallBudget budget) {
    return api.question(
        budget,
        (client, options) -> {
          try {
            return client.v1().paymentIntents().cancel(id, options.plain());
          } catch (StripeException e) {
            return StripeLookup.unchanged(e, client, options, id);
          }
        },
        StripeReports::payment);
  }
}
