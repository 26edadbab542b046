package dev.orderflow.activities.payment;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A channel's guards, of resilience4j. Retries are not among them: those are Temporal's.
 *
 * @param clock by which a channel that does not answer is left alone
 */
record Guards(GuardConfig config, Clock clock) {

  CircuitBreaker breaker(String name) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .failureRateThreshold(config.failureRate())
            .slidingWindowSize(config.window())
            .minimumNumberOfCalls(config.minimumCalls())
            .waitDurationInOpenState(config.openFor())
            .permittedNumberOfCallsInHalfOpenState(config.trialCalls())
            .clock(clock)
            .build());
  }

  /** Nobody waits for permission: an attempt's thread is dearer than its repetition. */
  Optional<RateLimiter> rate(String name) {
    return config
        .callsPerSecond()
        .map(
            calls ->
                RateLimiter.of(
                    name,
                    RateLimiterConfig.custom()
                        .limitForPeriod(calls)
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .timeoutDuration(Duration.ZERO)
                        .build()));
  }
}
