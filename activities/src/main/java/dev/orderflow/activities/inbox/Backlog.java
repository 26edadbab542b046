package dev.orderflow.activities.inbox;

import java.time.Duration;
import java.util.Optional;

/**
 * What the inbox holds that its orders were not told of.
 *
 * @param received on their way
 * @param parked whose order is not known, or that failed too often, and that nobody has closed
 * @param givenUp those of the parked that are not tried any more by themselves
 * @param oldest the age of the oldest that is on its way
 */
public record Backlog(long received, long parked, long givenUp, Optional<Duration> oldest) {}
