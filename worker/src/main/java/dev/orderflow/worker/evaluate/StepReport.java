package dev.orderflow.worker.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What one step of load showed. All times in milliseconds.
 *
 * @param offered payments a second that were to begin
 * @param achieved payments a second that were answered
 * @param payments that began
 * @param notBegun that did not find a place in time
 * @param p50 from when a payment was to begin until its answer; as the next ones
 * @param waitP50 of that, until it found a place among {@code max-in-flight}
 * @param callP50 of that, in the call
 * @param declined payments that the provider refused, finally
 * @param errors payments that did not succeed, by class
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StepReport(
    double offered,
    double achieved,
    long payments,
    long notBegun,
    long succeeded,
    long declined,
    double p50,
    double p95,
    double p99,
    double waitP50,
    double callP50,
    Map<String, Long> errors) {

  /** 0 to 1. */
  public double successRate() {
    return payments == 0 ? 0 : (double) succeeded / payments;
  }

  /** Whether nothing was wrong but that every payment was declined. */
  boolean isAllDeclined() {
    return payments > 0 && declined == payments;
  }

  /** Whether more was asked for than was carried. */
  boolean isSaturated() {
    return notBegun > 0 || achieved < 0.9 * offered || successRate() < 0.95;
  }
}
