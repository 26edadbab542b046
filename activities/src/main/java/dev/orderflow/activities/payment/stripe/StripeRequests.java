package dev.orderflow.activities.payment.stripe;

import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentCreateParams.CaptureMethod;
import com.stripe.param.RefundCreateParams;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URI;
import java.util.Optional;
import org.joda.money.Money;

/**
 * The bodies of our requests. The same step says the same each time: Stripe refuses a key with
 * another body. Every method throws {@link ArithmeticException} for an amount that Stripe can't
 * move.
 */
final class StripeRequests {
  /** Of a ConfirmationToken, which brings its own payment method and options. */
  private static final String CONFIRMATION = "ctoken_";

  private final Optional<URI> returnUrl;

  StripeRequests(Optional<URI> returnUrl) {
    this.returnUrl = returnUrl;
  }

  /** Created and confirmed in one, by any means of payment that the account takes. */
  PaymentIntentCreateParams payment(StepKey key, Purchase purchase, CaptureMethod method) {
    PaymentIntentCreateParams.Builder params =
        PaymentIntentCreateParams.builder()
            .setAmount(StripeAmounts.toStripe(purchase.amount()))
            .setCurrency(StripeAmounts.currency(purchase.amount()))
            .setCaptureMethod(method)
            .setConfirm(true)
            .putMetadata(StripeReports.ORDER, purchase.merchantReference())
            .putMetadata(StripeReports.KEY, key.toString())
            .addExpand("latest_charge");
    if (purchase.token().startsWith(CONFIRMATION)) {
      params.setConfirmationToken(purchase.token());
    } else {
      params.setPaymentMethod(purchase.token());
    }
    AutomaticPaymentMethods.Builder methods = AutomaticPaymentMethods.builder().setEnabled(true);
    if (returnUrl.isPresent()) {
      params.setReturnUrl(returnUrl.get().toString());
    } else {
      // Nobody could be sent anywhere: better declined now than waited for.
      params.setErrorOnRequiresAction(true);
      methods.setAllowRedirects(AutomaticPaymentMethods.AllowRedirects.NEVER);
    }
    return params.setAutomaticPaymentMethods(methods.build()).build();
  }

  PaymentIntentCaptureParams capture(StepKey key, ProviderTransaction authorization) {
    return PaymentIntentCaptureParams.builder()
        .setAmountToCapture(StripeAmounts.toStripe(authorization.amount()))
        .putMetadata(StripeReports.CAPTURE, key.toString())
        .build();
  }

  RefundCreateParams refund(StepKey key, ProviderTransaction payment, Money amount) {
    RefundCreateParams.Builder params =
        RefundCreateParams.builder()
            .setAmount(StripeAmounts.toStripe(amount))
            .putMetadata(StripeReports.ORDER, payment.merchantReference())
            .putMetadata(StripeReports.KEY, key.toString());
    return payment.reference().startsWith("pi_")
        ? params.setPaymentIntent(payment.reference()).build()
        : params.setCharge(payment.reference()).build();
  }
}
