package dev.orderflow.drill.callbacks;

import java.time.Duration;

/**
 * What is sent.
 *
 * @param rate requests a second
 * @param copies of each event; the rate is a multiple of it
 * @param duration for which is measured, in whole seconds
 * @param warmUp before it, likewise; what is sent then counts in the books, not in the figures
 * @param kills of one of the two gateways, spread evenly over the duration
 * @param orders that the events are about, each paid by its customer before; more than events are
 *     one an event
 * @param seed draws the order in which the copies are sent
 */
record CallbacksPlan(
    int rate, int copies, Duration duration, Duration warmUp, int kills, int orders, long seed) {

  /** How long until the last event is applied, counted from the last one sent. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** All of them are kept in memory, to be sent when they are due. */
  private static final long MOST_REQUESTS = 10_000_000;

  CallbacksPlan {
    positive("--rate", rate);
    positive("--copies", copies);
    positive("--duration", duration.toSeconds());
    if (rate % copies != 0) {
      throw new IllegalArgumentException(
          "--rate: " + rate + " is not a multiple of --copies, " + copies);
    }
    long seconds = warmUp.toSeconds() + duration.toSeconds();
    if (seconds > MOST_REQUESTS / rate) {
      throw new IllegalArgumentException(
          "--rate: " + rate + " a second for " + seconds + " s are above 10 million requests");
    }
    positive("--orders", orders);
    orders = (int) Math.min(orders, rate / copies * seconds);
    if (kills < 0) {
      throw new IllegalArgumentException("--kills: " + kills + " is below 0");
    }
  }

  private static void positive(String option, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + ": " + value + " is below 1");
    }
  }

  int eventsPerSecond() {
    return rate / copies;
  }

  int seconds() {
    return (int) (warmUp.toSeconds() + duration.toSeconds());
  }

  int events() {
    return eventsPerSecond() * seconds();
  }

  /** When, counted from the beginning of what is measured, a gateway is killed. */
  Duration killAt(int number) {
    return duration.multipliedBy(number).dividedBy(kills + 1);
  }
}
