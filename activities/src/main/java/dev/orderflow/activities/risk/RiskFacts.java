package dev.orderflow.activities.risk;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.joda.money.Money;

/**
 * What is known of an order when it is accepted. No token, no address: only their hashes.
 *
 * @param payment the SHA-256, in hex, of the channel and the token: the same for the same means of
 *     payment
 * @param mail the SHA-256, in hex, of the recipient's mail address in lower case
 * @param articles one for each article, whatever number of lines it has; without shipping and fees
 * @param total what the customer pays
 */
public record RiskFacts(
    OrderId order,
    CustomerId customer,
    String channel,
    String payment,
    String mail,
    List<Article> articles,
    Money total) {

  /**
   * An article of the order.
   *
   * @param quantity from 1
   * @param net what the customer pays for it
   */
  public record Article(String code, long quantity, Money net) {}

  /** The fingerprint of a means of payment. */
  public static String payment(String channel, String token) {
    return sha256(channel + "\0" + token);
  }

  /** The hash of a mail address. */
  public static String mail(String address) {
    return sha256(address.toLowerCase(Locale.ROOT));
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
