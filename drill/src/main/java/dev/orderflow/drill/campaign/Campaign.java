package dev.orderflow.drill.campaign;

import dev.orderflow.drill.campaign.Purchase.Means;
import dev.orderflow.drill.campaign.Purchase.Promise;
import dev.orderflow.workflows.order.Review;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Orders drawn by lot: the same seed draws the same orders. */
final class Campaign {

  /** How long a customer may take to pay. */
  static final Duration DEADLINE = Duration.ofSeconds(6);

  /** What its worker is configured with, besides the usual. */
  static final String CONFIGURATION =
      """
      payment.waiting.deadline = "%ds"
      payment.waiting.ladder = ["1s", "2s"]
      """
          .formatted(DEADLINE.toSeconds());

  private static final List<String> AT_ONCE =
      List.of(
          "approve",
          "approve",
          "approve,refund.error_after",
          "approve,refund.slow:300",
          "approve,capture.error_after,void.error_after",
          "error_before",
          "error_after",
          "slow:300",
          "slow_after:2500");

  private static final List<String> DECLINES =
      List.of("decline:card_declined", "decline:insufficient_funds", "slow:300,decline:lost_card");

  /** The last one's callback comes before the call that began the payment has returned. */
  private static final List<String> AWAITED =
      List.of(
          "async:%d", "async:%d", "async-silent:%d", "async-twice:%d", "async:20,slow_after:700");

  private final SplittableRandom lot;
  private final String name;

  private Campaign(long seed) {
    lot = new SplittableRandom(seed);
    name = "campaign-" + Long.toUnsignedString(seed, Character.MAX_RADIX);
  }

  static List<Purchase> drawn(long seed, int orders) {
    Campaign campaign = new Campaign(seed);
    return Stream.iterate(0, i -> i + 1).limit(orders).map(campaign::purchase).toList();
  }

  private Purchase purchase(int number) {
    String unique = name + "-" + number;
    Optional<Duration> cancelled = perhaps(25, () -> millis(0, 8_000));
    if (falls(10)) {
      Review.Choice decision = falls(70) ? Review.Choice.APPROVE : Review.Choice.DENY;
      Means means = new Means("sandbox", one(AT_ONCE), Promise.PAYS);
      return new Purchase(
          Basket.dear(unique), means, Optional.empty(), cancelled, Optional.of(decision));
    }
    Basket basket = falls(50) ? Basket.rich(unique) : Basket.plain(unique);
    int channel = lot.nextInt(4);
    if (channel < 2) {
      Means means = atOnce(channel == 0 ? "sandbox" : "sandbox-plain");
      return new Purchase(basket, means, Optional.empty(), cancelled, Optional.empty());
    }
    Optional<Means> other = perhaps(40, () -> falls(70) ? awaited() : atOnce("sandbox-wallet"));
    return new Purchase(basket, wallet(), other, cancelled, Optional.empty());
  }

  private Means atOnce(String channel) {
    return falls(25)
        ? new Means(channel, one(DECLINES), Promise.PAYS_NOT)
        : new Means(channel, one(AT_ONCE), Promise.PAYS);
  }

  private Means awaited() {
    String token = one(AWAITED).formatted(lot.nextInt(50, 1_500));
    return new Means("sandbox-wallet", token, Promise.PAYS);
  }

  private Means wallet() {
    return switch (lot.nextInt(6)) {
      case 0 -> atOnce("sandbox-wallet");
      case 1 -> {
        Duration late = DEADLINE.plus(millis(1_500, 4_000));
        yield new Means("sandbox-wallet", "async-late:" + late.toMillis(), Promise.PAYS_LATE);
      }
      case 2 -> {
        String token = "async-decline:" + lot.nextInt(50, 1_500);
        yield new Means("sandbox-wallet", token, Promise.PAYS_NOT);
      }
      case 3 -> new Means("sandbox-wallet", "async-never", Promise.PAYS_NOT);
      default -> awaited();
    };
  }

  private <T> Optional<T> perhaps(int percent, Supplier<T> value) {
    return falls(percent) ? Optional.of(value.get()) : Optional.empty();
  }

  private boolean falls(int percent) {
    return lot.nextInt(100) < percent;
  }

  private String one(List<String> of) {
    return of.get(lot.nextInt(of.size()));
  }

  private Duration millis(int from, int below) {
    return Duration.ofMillis(lot.nextInt(from, below));
  }
}
