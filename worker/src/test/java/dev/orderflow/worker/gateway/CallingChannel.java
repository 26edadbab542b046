package dev.orderflow.worker.gateway;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.CallbackBody;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackTrust;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.activities.payment.PaymentChannel;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A channel whose provider calls back, and nothing else. */
final class CallingChannel implements Callbacks {

  static final String NAME = "shop";
  static final String HEADER = "Shop-Signature";
  static final Secret OLD = Secret.of("an old secret");
  static final Secret NEW = Secret.of("a new secret");

  private final CallbackTrust trust =
      new CallbackTrust(List.of(NEW, OLD), Mode.LIVE, Optional.of("acct_1"));
  private final Runnable first;

  private CallingChannel(Runnable first) {
    this.first = first;
  }

  /**
   * A channel that can be asked for its callbacks.
   *
   * @param first done before one is read
   */
  static PaymentChannel named(String name, Runnable first) {
    return (PaymentChannel)
        Proxy.newProxyInstance(
            CallingChannel.class.getClassLoader(),
            new Class<?>[] {PaymentChannel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "name" -> name;
                  case "callbacks" -> Optional.of(new CallingChannel(first));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Override
  public CallbackEvent read(Callback callback) {
    first.run();
    trust.signature().verify(callback, HEADER);
    CallbackBody body = CallbackBody.of(callback);
    return trust.ours(
        new CallbackEvent(
            body.word("/id"),
            body.word("/type"),
            body.findWord("/reference"),
            body.findWord("/merchantReference"),
            Mode.valueOf(body.word("/mode").toUpperCase(Locale.ROOT)),
            body.findWord("/account"),
            body.time("/createdAt")));
  }
}
