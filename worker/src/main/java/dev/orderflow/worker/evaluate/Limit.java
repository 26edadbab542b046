package dev.orderflow.worker.evaluate;

/** What kept a channel from carrying more. */
public enum Limit {
  /** Nothing did: all that was asked for was carried. */
  NONE,
  /** {@code payment.guards.NAME.calls-per-second}. */
  OUR_RATE_LIMIT,
  /** {@code max-in-flight}: calls took as long as before, and waited for a place. */
  OUR_POOL,
  /** Every payment was declined: how much would be carried is not known. */
  DECLINED,
  /** The provider, or the network: calls took longer than before, failed, or were not answered. */
  PROVIDER;

  private static final double BUSY_SHARE = 0.05;

  /** A call that takes so many times as long as the first ones says that somebody is busy. */
  private static final double SLOWER = 1.5;

  /** Of a step that is saturated or not, against the first and lightest one. */
  static Limit of(StepReport first, StepReport step) {
    if (!step.isSaturated()) {
      return NONE;
    }
    if (step.isAllDeclined()) {
      return DECLINED;
    }
    long busy = step.errors().getOrDefault("channel_busy", 0L);
    if (busy > BUSY_SHARE * step.payments()) {
      return OUR_RATE_LIMIT;
    }
    boolean waited = step.waitP50() > step.callP50();
    boolean slower = step.callP50() > SLOWER * first.callP50();
    return waited && !slower ? OUR_POOL : PROVIDER;
  }
}
