package dev.orderflow.activities.payment;

import java.time.Duration;
import java.util.Optional;

/**
 * When a channel is left alone for a while. Only calls without an answer count against it, never
 * what it declines.
 *
 * @param failureRate percent of the calls in the window without an answer at which no more are
 *     made, 1 to 100; 50 when absent
 * @param window how many of the last calls are looked at, from 1; 50 when absent
 * @param minimumCalls before which nothing is concluded, from 1 to the window; 20 when absent
 * @param openFor how long no call is made then; 5 s when absent
 * @param trialCalls how many payments are let through after that to see whether it answers again,
 *     from 1; 3 when absent
 * @param callsPerSecond at most, from 1; without limit when absent
 */
public record GuardConfig(
    Integer failureRate,
    Integer window,
    Integer minimumCalls,
    Duration openFor,
    Integer trialCalls,
    Optional<Integer> callsPerSecond) {
  public GuardConfig {
    failureRate = failureRate == null ? 50 : failureRate;
    window = window == null ? 50 : window;
    minimumCalls = minimumCalls == null ? Math.min(20, window) : minimumCalls;
    openFor = openFor == null ? Duration.ofSeconds(5) : openFor;
    trialCalls = trialCalls == null ? 3 : trialCalls;
    callsPerSecond = callsPerSecond == null ? Optional.empty() : callsPerSecond;
    requireWithin("failure-rate", failureRate, 1, 100);
    requireWithin("window", window, 1, 10_000);
    requireWithin("minimum-calls", minimumCalls, 1, window);
    requireWithin("trial-calls", trialCalls, 1, 1_000);
    callsPerSecond.ifPresent(rate -> requireWithin("calls-per-second", rate, 1, 100_000));
    if (openFor.isZero() || openFor.isNegative()) {
      throw new IllegalArgumentException("open-for: " + openFor + " is not above zero");
    }
  }

  public static GuardConfig defaults() {
    return new GuardConfig(null, null, null, null, null, null);
  }

  private static void requireWithin(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(field + ": " + value + " is not " + least + " to " + most);
    }
  }
}
