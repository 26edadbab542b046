package dev.orderflow.activities.probe;

import dev.orderflow.activities.ledger.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * The small orders by which channels are tried, again and again.
 *
 * @param channels at least one
 * @param every how often, from 5 s; 10 minutes when absent
 * @param article of kind {@code FEE}, so that no stock is needed; {@code probe} when absent. In the
 *     catalog, where prices come from there
 * @param amount what it costs, tax included; EUR 1.00 when absent
 * @param patience how long an order may take until it is completed, up to 10 minutes; 1 minute when
 *     absent
 * @param mailTo who gets its mails; nobody when absent
 */
public record ProbeConfig(
    List<Target> channels,
    Duration every,
    String article,
    Money amount,
    Duration patience,
    Optional<String> mailTo) {

  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(10);

  /**
   * A channel that is tried.
   *
   * @param token the provider's token for the means of payment; never printed
   */
  public record Target(String name, Secret token) {}

  public ProbeConfig {
    if (channels == null || channels.isEmpty()) {
      throw new IllegalArgumentException("channels: none; name at least one, or remove [probe]");
    }
    channels = List.copyOf(channels);
    every = every == null ? Duration.ofMinutes(10) : every;
    article = article == null ? "probe" : article;
    amount = amount == null ? Money.parse("EUR 1.00") : amount;
    patience = patience == null ? Duration.ofMinutes(1) : patience;
    mailTo = mailTo == null ? Optional.empty() : mailTo;
    if (every.compareTo(OFTEN) < 0) {
      throw new IllegalArgumentException("every: " + every + " is less than 5 s");
    }
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: " + amount + " is not above 0");
    }
    if (patience.isNegative() || patience.isZero() || patience.compareTo(LONG) > 0) {
      throw new IllegalArgumentException(
          "patience: " + patience + " is not above 0 and at most 10 minutes");
    }
  }
}
