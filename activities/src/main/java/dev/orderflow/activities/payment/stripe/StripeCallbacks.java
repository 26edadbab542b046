package dev.orderflow.activities.payment.stripe;

import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.CallbackBody;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackRefused;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import dev.orderflow.activities.payment.CallbackTrust;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.activities.payment.TimestampedSignature;

/**
 * Stripe's webhooks, of whatever API version: no more is read of them than which payment to ask
 * about. Charges, refunds and disputes name their PaymentIntent.
 */
final class StripeCallbacks implements Callbacks {
  private static final String HEADER = "Stripe-Signature";

  private final CallbackTrust trust;
  private final TimestampedSignature signature;

  StripeCallbacks(CallbackTrust trust) {
    this.trust = trust;
    this.signature = trust.signature();
  }

  @Override
  public CallbackEvent read(Callback callback) {
    signature.verify(callback, HEADER);
    CallbackBody body = CallbackBody.of(callback);
    if (!body.word("/object").equals("event")) {
      throw new CallbackRefused(Why.MALFORMED, "/object is not an event");
    }
    CallbackEvent event =
        trust.ours(
            new CallbackEvent(
                body.word("/id"),
                body.word("/type"),
                body.findWord("/data/object/payment_intent")
                    .or(() -> body.findWord("/data/object/id")),
                body.findWord("/data/object/metadata/" + StripeReports.ORDER),
                body.yes("/livemode") ? Mode.LIVE : Mode.TEST,
                body.findWord("/account"),
                body.time("/created")));
    if (trust.account().isEmpty() && event.account().isPresent()) {
      throw new CallbackRefused(Why.NOT_OURS, "an event of a connected account");
    }
    return event;
  }
}
