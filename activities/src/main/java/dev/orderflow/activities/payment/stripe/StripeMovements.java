package dev.orderflow.activities.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.Movements.Movement.Kind;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What became of a payment at Stripe: its Refunds, those that failed too, and its Disputes with the
 * balance transactions by which money went and came back. Both are asked for in their present
 * state; Stripe's lists read no index that lags.
 */
final class StripeMovements {
  private static final long PAGE = 100;

  /** Stripe has one balance transaction of a refund, and a second one when it fails. */
  private static final String FAILED = "/failed";

  private final String payment;
  private final List<Dated> movements = new ArrayList<>();
  private final List<Movements.Dispute> disputes = new ArrayList<>();

  private record Dated(long created, Movement movement) {}

  private record Listed(List<Refund> refunds, List<Dispute> disputes) {}

  private StripeMovements(String payment) {
    this.payment = payment;
  }

  /**
   * @param payment the PaymentIntent of a charge, or the Charge of a capture
   */
  static Movements ask(StripeApi api, String payment, CallBudget budget) {
    return api.movements(
        budget,
        (client, options) ->
            new Listed(refunds(client, options, payment), disputes(client, options, payment)),
        listed -> new StripeMovements(payment).read(listed));
  }

  private static List<Refund> refunds(
      StripeClient client, StripeApi.Options options, String payment) throws StripeException {
    RefundListParams.Builder params = RefundListParams.builder().setLimit(PAGE);
    if (isIntent(payment)) {
      params.setPaymentIntent(payment);
    } else {
      params.setCharge(payment);
    }
    List<Refund> all = new ArrayList<>();
    StripeCollection<Refund> page;
    do {
      page = client.v1().refunds().list(params.build(), options.plain());
      all.addAll(page.getData());
      if (!all.isEmpty()) {
        params.setStartingAfter(all.get(all.size() - 1).getId());
      }
    } while (page.getHasMore() && !page.getData().isEmpty());
    return all;
  }

  /** A payment has hardly ever more than one. */
  private static List<Dispute> disputes(
      StripeClient client, StripeApi.Options options, String payment) throws StripeException {
    DisputeListParams.Builder params = DisputeListParams.builder().setLimit(PAGE);
    if (isIntent(payment)) {
      params.setPaymentIntent(payment);
    } else {
      params.setCharge(payment);
    }
    return client.v1().disputes().list(params.build(), options.plain()).getData();
  }

  private static boolean isIntent(String payment) {
    return payment.startsWith("pi_");
  }

  /** Stripe lists the youngest first, and its library checks nothing of what it reads. */
  private Movements read(Listed listed) {
    try {
      reversed(listed.refunds).forEach(this::add);
      reversed(listed.disputes).forEach(this::add);
    } catch (IllegalArgumentException | NullPointerException e) {
      return new Movements.Unanswered(StripeFailures.MALFORMED);
    }
    return new Movements.Reported(
        movements.stream()
            .sorted(Comparator.comparingLong(Dated::created))
            .map(Dated::movement)
            .toList(),
        disputes);
  }

  private static <T> List<T> reversed(List<T> youngestFirst) {
    List<T> oldestFirst = new ArrayList<>(youngestFirst);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  /**
   * The money of a refund leaves the shop's balance when it is made, also where the bank has not
   * taken it yet. Of ours, what is pending is asked about by its own key.
   */
  private void add(Refund refund) {
    boolean pending =
        refund.getStatus().equals("pending") || refund.getStatus().equals("requires_action");
    boolean ours =
        refund.getMetadata() != null && refund.getMetadata().containsKey(StripeReports.KEY);
    if (pending && ours) {
      return;
    }
    Money amount = StripeReports.money(refund.getAmount(), refund.getCurrency());
    add(refund.getCreated(), Kind.REFUND, refund.getId(), amount, payment, Optional.empty());
    if (refund.getStatus().equals("failed") || refund.getStatus().equals("canceled")) {
      String why = Optional.ofNullable(refund.getFailureReason()).orElse(refund.getStatus());
      add(
          refund.getCreated(),
          Kind.REFUND_FAILED,
          refund.getId() + FAILED,
          amount,
          refund.getId(),
          Optional.of(new Reason(why, "Stripe's " + refund.getId() + " came back: " + why + ".")));
    }
  }

  private void add(Dispute dispute) {
    Money amount = StripeReports.money(dispute.getAmount(), dispute.getCurrency());
    Optional<Reason> reason =
        Optional.ofNullable(dispute.getReason())
            .map(why -> new Reason(why, "Stripe's " + dispute.getId() + ": " + why + "."));
    disputes.add(
        new Movements.Dispute(
            dispute.getId(),
            amount,
            state(dispute.getStatus()),
            reason,
            dueBy(dispute),
            Optional.ofNullable(dispute.getCreated()).map(Instant::ofEpochSecond)));
    StripeSettled settled = StripeSettled.of(amount, dispute.getBalanceTransactions());
    for (BalanceTransaction moved : dispute.getBalanceTransactions()) {
      if (moved.getAmount() != 0) {
        Kind kind = moved.getAmount() < 0 ? Kind.CHARGEBACK : Kind.CHARGEBACK_REVERSED;
        add(moved.getCreated(), kind, moved.getId(), settled.amount(moved), payment, reason);
      }
    }
  }

  /** What is not decided is open; a word that is not known yet decides nothing. */
  private static DisputeState state(String status) {
    return switch (status) {
      case "won", "warning_closed", "prevented" -> DisputeState.WON;
      case "lost" -> DisputeState.LOST;
      default -> DisputeState.OPEN;
    };
  }

  private static Optional<Instant> dueBy(Dispute dispute) {
    return Optional.ofNullable(dispute.getEvidenceDetails())
        .map(Dispute.EvidenceDetails::getDueBy)
        .map(Instant::ofEpochSecond);
  }

  private void add(
      long created, Kind kind, String reference, Money amount, String of, Optional<Reason> reason) {
    movements.add(new Dated(created, new Movement(kind, reference, amount, of, reason)));
  }
}
