package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.payment.Ledger.Subject;
import dev.orderflow.sandbox.payment.Rule.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the faults that tokens asked for. Counted per merchant reference, operation and fault; the
 * counts begin again with the process. Safe for use by many threads.
 */
final class Faults {

  private final Clock clock;
  private final Map<Strike, Integer> strikes = new ConcurrentHashMap<>();
  private final Map<String, Instant> unreachableUntil = new ConcurrentHashMap<>();

  Faults(Clock clock) {
    this.clock = clock;
  }

  private record Strike(String merchantReference, Operation operation, Fault fault) {}

  /** Whether this request, or this answer, is one of those that meet the fault. */
  boolean strikes(Subject subject, Fault fault) {
    int times = subject.behaviour().times(subject.operation(), fault);
    if (times == 0) {
      return false;
    }
    Strike strike = new Strike(subject.merchantReference(), subject.operation(), fault);
    return strikes.merge(strike, 1, Integer::sum) <= times;
  }

  /** Whether the provider cannot be reached about this merchant reference now. */
  boolean unreachable(Subject subject) {
    Optional<Duration> wanted = subject.behaviour().unreachable();
    Instant now = clock.instant();
    wanted.ifPresent(
        duration -> unreachableUntil.putIfAbsent(subject.merchantReference(), now.plus(duration)));
    Instant until = unreachableUntil.get(subject.merchantReference());
    return until != null && now.isBefore(until);
  }
}
