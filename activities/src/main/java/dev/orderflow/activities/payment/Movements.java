package dev.orderflow.activities.payment;

import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.joda.money.Money;

/** What became of a payment at the provider after it was taken, whoever wanted it. */
public sealed interface Movements {

  /** Everything that the provider says of it, ours and not ours, the oldest first. */
  record Reported(List<Movement> movements, List<Dispute> disputes) implements Movements {
    public Reported {
      movements = List.copyOf(movements);
      disputes = List.copyOf(disputes);
    }
  }

  /** It has not answered; nothing is known. */
  record Unanswered(Reason reason) implements Movements {}

  /** Of a channel that can't say, or of a payment to which nothing has happened. */
  static Movements none() {
    return new Reported(List.of(), List.of());
  }

  /**
   * Money that moved.
   *
   * @param reference the provider's own, unique name for it; of a movement that has none, the name
   *     of what moved it with a word behind it, always the same
   * @param amount above 0
   * @param of of a refund that failed, the reference of the refund; otherwise of the payment
   */
  record Movement(Kind kind, String reference, Money amount, String of, Optional<Reason> reason) {
    /** Which way, and why. */
    public enum Kind {
      /** Back to the customer, asked for by us or made at the provider. */
      REFUND,
      /** A refund that had been made came back to the shop. */
      REFUND_FAILED,
      /** Taken back by the customer's bank. */
      CHARGEBACK,
      /** A chargeback came back to the shop. */
      CHARGEBACK_REVERSED
    }

    public Movement {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(of, "of");
      reason = reason == null ? Optional.empty() : reason;
    }
  }

  /**
   * A customer's objection against a payment, which moves money only by a {@code CHARGEBACK}.
   *
   * @param reference the provider's own, unique name for it
   * @param amount what it is about
   * @param evidenceDueBy until when the shop may answer; absent where it can't
   * @param openedAt when it was opened; absent where the provider does not say
   */
  record Dispute(
      String reference,
      Money amount,
      DisputeState state,
      Optional<Reason> reason,
      Optional<Instant> evidenceDueBy,
      Optional<Instant> openedAt) {
    public Dispute {
      Objects.requireNonNull(reference, "reference");
      Objects.requireNonNull(amount, "amount");
      Objects.requireNonNull(state, "state");
      reason = reason == null ? Optional.empty() : reason;
      evidenceDueBy = evidenceDueBy == null ? Optional.empty() : evidenceDueBy;
      openedAt = openedAt == null ? Optional.empty() : openedAt;
    }
  }
}
