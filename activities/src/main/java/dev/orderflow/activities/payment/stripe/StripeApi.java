package dev.orderflow.activities.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls through the library, each within its budget and never repeated: that is Temporal's to do.
 * The API version is the library's own, sent with each request, whatever the account's default is.
 */
final class StripeApi {
  private static final Reason NO_TIME =
      new Reason(
          PaymentChannel.NO_TIME_LEFT, "The attempt's time was spent before the request was sent.");

  private final StripeClient client;
  private final Optional<String> account;

  StripeApi(StripeConfig config) {
    account = config.account();
    client =
        StripeClient.builder()
            .setApiKey(config.apiKey().reveal())
            .setApiBase(config.apiBase().toString())
            .setMaxNetworkRetries(0)
            .setHttpClient(new StripeHttp(config.localTimeout().dividedBy(2)))
            .build();
  }

  /** One call, or several within one budget. */
  interface Call<T> {
    T make(StripeClient client, Options options) throws StripeException;
  }

  /** Of each request: what is left of the budget is its time. */
  final class Options {
    private final CallBudget budget;

    private Options(CallBudget budget) {
      this.budget = budget;
    }

    /** For what may be repeated. */
    RequestOptions plain() {
      return builder().build();
    }

    /** For what Stripe is to do at most once under this key. */
    RequestOptions once(StepKey key) {
      return builder().setIdempotencyKey(key.toString()).build();
    }

    private RequestOptions.RequestOptionsBuilder builder() {
      int left = (int) Math.max(1, budget.remaining().toMillis());
      RequestOptions.RequestOptionsBuilder options =
          RequestOptions.builder().setReadTimeout(left).setMaxNetworkRetries(0);
      account.ifPresent(options::setStripeAccount);
      return options;
    }
  }

  /** Asks for something to be done. */
  <T> Answer request(CallBudget budget, Call<T> call, Function<T, Answer> read) {
    if (budget.remaining().isZero()) {
      return Answer.notExecuted(NO_TIME);
    }
    return exchange(budget, call, read, StripeFailures::ofRequest, StripeFailures.malformed());
  }

  /** Asks what is known; whatever fails on the way is {@code UNKNOWN}. */
  <T> Answer question(CallBudget budget, Call<T> call, Function<T, Answer> read) {
    return exchange(budget, call, read, StripeFailures::ofQuestion, StripeFailures.malformed());
  }

  /** Asks what became of a payment. */
  <T> Movements movements(CallBudget budget, Call<T> call, Function<T, Movements> read) {
    return budget.remaining().isZero()
        ? new Movements.Unanswered(NO_TIME)
        : exchange(
            budget,
            call,
            read,
            e -> new Movements.Unanswered(StripeFailures.problem(e)),
            new Movements.Unanswered(StripeFailures.MALFORMED));
  }

  private <T, A> A exchange(
      CallBudget budget,
      Call<T> call,
      Function<T, A> read,
      Function<StripeException, A> failed,
      A malformed) {
    T answer;
    try {
      answer = call.make(client, new Options(budget));
    } catch (StripeException e) {
      return failed.apply(e);
    } catch (RuntimeException e) {
      // The library's JSON reader, about an answer that is none of Stripe's.
      return malformed;
    }
    return read.apply(answer);
  }
}
