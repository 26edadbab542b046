package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.util.List;
import java.util.Optional;

/** The sandbox's callbacks, as its documentation describes them. Its money is always play money. */
final class SandboxCallbacks implements Callbacks {
  private static final String SIGNATURE = "Sandbox-Signature";
  private static final String ACCOUNT = "acct_sandbox";

  private final CallbackTrust trust;
  private final TimestampedSignature signature;

  SandboxCallbacks(List<Secret> secrets) {
    trust = new CallbackTrust(secrets, Mode.TEST, Optional.of(ACCOUNT));
    signature = trust.signature();
  }

  @Override
  public CallbackEvent read(Callback callback) {
    signature.verify(callback, SIGNATURE);
    CallbackBody body = CallbackBody.of(callback);
    return trust.ours(
        new CallbackEvent(
            body.word("/id"),
            body.word("/type"),
            body.findWord("/reference"),
            body.findWord("/merchantReference"),
            mode(body.word("/mode")),
            body.findWord("/account"),
            body.time("/createdAt")));
  }

  private static Mode mode(String word) {
    return switch (word) {
      case "test" -> Mode.TEST;
      case "live" -> Mode.LIVE;
      default -> throw new CallbackRefused(Why.MALFORMED, "an unknown mode");
    };
  }
}
