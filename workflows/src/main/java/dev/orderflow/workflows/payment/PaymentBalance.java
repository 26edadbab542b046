package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What an order's payments took and gave back.
 *
 * @param captured what the providers say they took
 * @param refunded what was given back, or is being given back
 * @param left what can still be given back
 * @param refunds oldest first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PaymentBalance(Money captured, Money refunded, Money left, List<Refund> refunds) {

  public PaymentBalance {
    refunds = refunds == null ? List.of() : List.copyOf(refunds);
  }

  /**
   * One refund.
   *
   * @param outcome {@code NOT_EXECUTED} while it was not asked for
   * @param requestKey the client's name for its wish; absent where a payment was taken back
   * @param reason why, in the words of whoever wanted it
   * @param lines what it is for; empty where it is by amount
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Refund(
      StepKey key,
      Money amount,
      Outcome.State outcome,
      Optional<String> requestKey,
      Optional<String> reason,
      List<Part> lines) {
    public Refund {
      requestKey = requestKey == null ? Optional.empty() : requestKey;
      reason = reason == null ? Optional.empty() : reason;
      lines = lines == null ? List.of() : List.copyOf(lines);
    }
  }

  /** Pieces of a line, and their share of what was paid. */
  public record Part(int number, int quantity, Money amount) {}
}
