package dev.orderflow.sandbox.stripe;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Idempotency keys as Stripe has them: the first answer is kept, whatever it is, once the endpoint
 * began its work, and is given again word by word, however things stand by then. Forgotten when the
 * sandbox ends.
 */
final class StripeKeys {
  private final Map<String, Kept> kept = new HashMap<>();

  private record Kept(String request, StripeReply reply) {}

  /**
   * @param replayed whether it was given before
   */
  record Answered(StripeReply reply, boolean replayed) {}

  Answered answer(Optional<String> key, String request, Supplier<StripeReply> work) {
    Kept known = key.map(kept::get).orElse(null);
    if (known != null && !known.request.equals(request)) {
      throw StripeProblem.otherRequest(key.orElseThrow());
    } else if (known != null) {
      return new Answered(known.reply, true);
    }
    try {
      StripeReply reply = work.get();
      key.ifPresent(taken -> kept.put(taken, new Kept(request, reply)));
      return new Answered(reply, false);
    } catch (StripeProblem problem) {
      if (problem.isKept()) {
        key.ifPresent(taken -> kept.put(taken, new Kept(request, problem.reply())));
      }
      throw problem;
    }
  }
}
