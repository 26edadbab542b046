package dev.orderflow.activities.payment.stripe;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.workflows.saga.Reason;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** What Stripe's errors mean. Nothing of the API key or of the payment method is repeated. */
final class StripeFailures {
  /** Stripe itself failed; under the same key it repeats that for as long as it keeps the key. */
  static final String SERVER_ERROR = "SERVER_ERROR";

  static final Reason MALFORMED =
      new Reason("MALFORMED_ANSWER", "Stripe's answer cannot be understood.");

  private static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  private StripeFailures() {}

  /** Of a request that is to do something. */
  static Answer ofRequest(StripeException e) {
    if (e instanceof CardException) {
      return Answer.declined(StripeDeclines.reason(e.getStripeError()));
    } else if (e instanceof IdempotencyException) {
      return Answer.unknown(
          new Reason(PaymentChannel.KEY_REUSED, "Stripe knows this key from another request."));
    } else if (isBusy(e)) {
      return Answer.pending(busy(e));
    } else if (e instanceof InvalidRequestException) {
      return Answer.declined(refusal(e));
    } else if (isRefusedBeforehand(e)) {
      return Answer.notExecuted(problem(e));
    }
    return Answer.unknown(problem(e));
  }

  /** Of a question, or of a request that may be made as often as one likes. */
  static Answer ofQuestion(StripeException e) {
    if (isBusy(e)) {
      return Answer.pending(busy(e));
    }
    boolean unknownThere =
        e instanceof InvalidRequestException
            && status(e) == NOT_FOUND
            && "resource_missing".equals(e.getCode());
    return unknownThere
        ? Answer.notExecuted(new Reason("NOT_FOUND", "Stripe knows no such object."))
        : Answer.unknown(problem(e));
  }

  static Answer malformed() {
    return Answer.unknown(MALFORMED);
  }

  /** The PaymentIntent is not in a state where this can be done, perhaps because it is done. */
  static boolean isOfState(StripeException e) {
    return e instanceof InvalidRequestException && UNEXPECTED_STATE.equals(e.getCode());
  }

  /** Another request with the same key, or on the same object, is at work. */
  private static boolean isBusy(StripeException e) {
    return status(e) == CONFLICT || "lock_timeout".equals(e.getCode());
  }

  /** Certain: the request was not carried out. */
  private static boolean isRefusedBeforehand(StripeException e) {
    return isUnauthorized(e) || e instanceof RateLimitException || isUnreachable(e);
  }

  private static boolean isUnauthorized(StripeException e) {
    return e instanceof AuthenticationException || e instanceof PermissionException;
  }

  /** Only where no connection came about is it certain that Stripe did not hear of it. */
  private static boolean isUnreachable(StripeException e) {
    Throwable cause = e.getCause();
    return e instanceof ApiConnectionException
        && (cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof SSLHandshakeException);
  }

  static Reason problem(StripeException e) {
    if (isUnauthorized(e)) {
      return new Reason(
          "UNAUTHORIZED",
          "Stripe refuses our API key, or what it may do; check the channel's api-key." + seen(e));
    } else if (e instanceof RateLimitException) {
      return new Reason("RATE_LIMITED", "Stripe takes no more requests just now." + seen(e));
    } else if (isUnreachable(e)) {
      return new Reason("UNREACHABLE", "Stripe takes no connection.");
    } else if (e instanceof ApiConnectionException) {
      String what =
          Optional.ofNullable(e.getCause()).map(c -> c.getClass().getSimpleName()).orElse("");
      return new Reason("NO_ANSWER", "Stripe gave no answer (" + what + ").");
    } else if (status(e) >= 500) {
      return new Reason(
          SERVER_ERROR, "Stripe failed with HTTP status " + status(e) + "." + seen(e));
    }
    return new Reason(
        "HTTP_" + status(e), "Stripe answers with HTTP status " + status(e) + "." + seen(e));
  }

  private static Reason busy(StripeException e) {
    return new Reason(Reason.IN_FLIGHT, "Stripe is still at it." + seen(e));
  }

  /** Its own words may name the payment method. */
  private static Reason refusal(StripeException e) {
    String code = Optional.ofNullable(e.getCode()).orElse("invalid_request");
    String parameter =
        Optional.ofNullable(((InvalidRequestException) e).getParam())
            .map(name -> ", about '" + name + "'")
            .orElse("");
    return new Reason(code, "Stripe refuses the request: " + code + parameter + "." + seen(e));
  }

  /** By which Stripe's dashboard finds the request. */
  private static String seen(StripeException e) {
    return Optional.ofNullable(e.getRequestId()).map(id -> " (" + id + ")").orElse("");
  }

  private static int status(StripeException e) {
    return Optional.ofNullable(e.getStatusCode()).orElse(0);
  }
}
