package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What an order's payments took and gave back.
 *
 * @param captured what the providers say they took, in the order's currency; so are the next three
 * @param refunded what was given back at our wish, or is being given back
 * @param left what can still be given back
 * @param refunds oldest first
 * @param returned what went back without our wish: refunds made at the provider and chargebacks,
 *     less what of them came back
 * @param movements what was done without our wish, oldest first
 * @param disputes the customers' objections, oldest first
 * @param others what was taken and given back in other currencies, by currency
 * @param paidBy the channel that took what the order is paid with, or was asked for it last; absent
 *     where nobody says so
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PaymentBalance(
    Money captured,
    Money refunded,
    Money left,
    List<Refund> refunds,
    Money returned,
    List<Movement> movements,
    List<Dispute> disputes,
    List<Sum> others,
    Optional<String> paidBy) {

  public PaymentBalance {
    refunds = refunds == null ? List.of() : List.copyOf(refunds);
    returned = returned == null ? Money.zero(captured.getCurrencyUnit()) : returned;
    movements = movements == null ? List.of() : List.copyOf(movements);
    disputes = disputes == null ? List.of() : List.copyOf(disputes);
    others = others == null ? List.of() : List.copyOf(others);
    paidBy = paidBy == null ? Optional.empty() : paidBy;
  }

  /** Of an order with which nobody but us did anything. */
  public PaymentBalance(Money captured, Money refunded, Money left, List<Refund> refunds) {
    this(
        captured, refunded, left, refunds, null, List.of(), List.of(), List.of(), Optional.empty());
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

  /**
   * Money that moved without our wish.
   *
   * @param key its step says which way
   * @param reference the provider's own name for it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Movement(
      StepKey key, String reference, Money amount, Optional<Reason> reason, Instant at) {
    public Movement {
      reason = reason == null ? Optional.empty() : reason;
    }
  }

  /**
   * A customer's objection against a payment.
   *
   * @param reference the provider's own name for it
   * @param evidenceDueBy until when the shop may answer; absent where it can't
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Dispute(
      String reference,
      Money amount,
      DisputeState state,
      Optional<Reason> reason,
      Optional<Instant> evidenceDueBy) {
    public Dispute {
      reason = reason == null ? Optional.empty() : reason;
      evidenceDueBy = evidenceDueBy == null ? Optional.empty() : evidenceDueBy;
    }
  }

  /** All in one currency, as above. */
  public record Sum(Money captured, Money refunded, Money returned, Money left) {}
}
