package dev.orderflow.activities.payment;

import java.util.Objects;
import org.joda.money.Money;

/**
 * What a customer is to pay.
 *
 * @param merchantReference the order id, by which the provider's records are matched with ours
 * @param token the provider's token for the customer's means of payment; never printed
 */
public record Purchase(String merchantReference, String token, Money amount) {
  public Purchase {
    Objects.requireNonNull(merchantReference, "merchantReference");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(amount, "amount");
  }

  @Override
  public String toString() {
    return "Purchase[" + merchantReference + ", " + amount + "]";
  }
}
