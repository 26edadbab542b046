package dev.orderflow.activities.order;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long an order may wait for its approval: as configured, and no longer than an authorization
 * lasts, less a margin in which it is captured or voided. The margin is six hours, or a quarter of
 * an authorization that lasts less than a day.
 */
@Singleton
final class ApprovalTime {

  private static final Duration MARGIN = Duration.ofHours(6);

  private final OrderConfig config;
  private final Channels channels;

  @Inject
  ApprovalTime(OrderConfig config, Channels channels) {
    this.config = config;
    this.channels = channels;
  }

  /** At one of these channels, whichever takes the payment. */
  Duration by(List<String> payers) {
    return payers.stream()
        .map(channels::authorizationLasts)
        .flatMap(Optional::stream)
        .map(ApprovalTime::lessMargin)
        .filter(safe -> safe.compareTo(config.holdFor()) < 0)
        .min(Comparator.naturalOrder())
        .orElse(config.holdFor());
  }

  private static Duration lessMargin(Duration lasts) {
    Duration quarter = lasts.dividedBy(4);
    return lasts.minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN);
  }
}
