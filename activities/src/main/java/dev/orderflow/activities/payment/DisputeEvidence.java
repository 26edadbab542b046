package dev.orderflow.activities.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a shop can show when a customer objects to a payment, as it was known when the shop heard of
 * the dispute. Holds no address and no means of payment.
 *
 * @param lines what was ordered
 * @param completedAt when the goods were handed over; absent where they were not
 * @param mails which messages there were, oldest first
 * @param payments what providers took, gave back or took back, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DisputeEvidence(
    CustomerId customer,
    Instant placedAt,
    Optional<Instant> completedAt,
    Money total,
    List<Line> lines,
    List<Mail> mails,
    List<Transaction> payments) {

  public DisputeEvidence {
    completedAt = completedAt == null ? Optional.empty() : completedAt;
    lines = lines == null ? List.of() : List.copyOf(lines);
    mails = mails == null ? List.of() : List.copyOf(mails);
    payments = payments == null ? List.of() : List.copyOf(payments);
  }

  /**
   * A line of the order.
   *
   * @param net what was to be paid for it, after its share of the discount
   */
  public record Line(int number, String article, String name, int quantity, Money net) {}

  /**
   * A message to the customer.
   *
   * @param event what it was about
   * @param state {@code SUCCEEDED} when the mail server took it
   * @param messageId by which the mail server's log is searched
   * @param at when it came to that state
   */
  public record Mail(String event, String state, String messageId, Instant at) {}

  /** Something a provider did, by its own name for it. */
  public record Transaction(
      StepKey key, ProviderTransaction.Kind kind, String reference, Money amount, Instant at) {}
}
