package dev.orderflow.worker.check;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/** Registers the search attributes that a namespace lacks. */
public final class SearchAttributeSetup {

  /** A server learns of a namespace within ten seconds of its creation. */
  private static final Duration UNTIL_KNOWN = Duration.ofSeconds(30);

  private final TemporalNamespace namespace;

  public SearchAttributeSetup(TemporalNamespace namespace) {
    this.namespace = namespace;
  }

  /** Registers what is missing and says what it did. */
  public String carryOut() {
    Instant end = Instant.now().plus(UNTIL_KNOWN);
    while (true) {
      try {
        return register();
      } catch (StatusRuntimeException e) {
        boolean notKnownYet = e.getStatus().getCode() == Status.Code.NOT_FOUND;
        if (!notKnownYet || Instant.now().isAfter(end)) {
          throw refused(e);
        }
        pause();
      }
    }
  }

  private String register() {
    SortedMap<String, TemporalNamespace.Lack> missing = namespace.missingAttributes();
    if (missing.isEmpty()) {
      return "were registered";
    }
    if (missing.containsValue(TemporalNamespace.Lack.OTHER_TYPE)) {
      throw new Refusal(TemporalChecks.searchAttributes(missing));
    }
    namespace.addAttributes(missing.keySet());
    return "registered " + String.join(", ", missing.keySet());
  }

  private Refusal refused(StatusRuntimeException e) {
    return new Refusal(
        Finding.missing(
            "search attributes",
            "Temporal does not let them be registered (" + e.getStatus() + ")",
            "register OrderStatus, CustomerId and PaymentChannel, each a Keyword, as an"
                + " administrator of namespace '"
                + namespace.name()
                + "'"));
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the namespace", e);
    }
  }
}
