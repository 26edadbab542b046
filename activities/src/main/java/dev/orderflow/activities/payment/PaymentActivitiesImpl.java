package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.util.Optional;

/** The door of the room: who does what for the order's workflow. */
final class PaymentActivitiesImpl implements PaymentActivities {
  private final Charges charges;
  private final Captures captures;
  private final Closings closings;
  private final Observations observations;
  private final Voids voids;
  private final Reversals reversals;
  private final Refunds refunds;
  private final RefundDecisions decisions;
  private final Balances balances;
  private final Revivals revivals;
  private final Verifications verifications;

  @Inject
  PaymentActivitiesImpl(
      Charges charges,
      Captures captures,
      Closings closings,
      Observations observations,
      Voids voids,
      Reversals reversals,
      Refunds refunds,
      RefundDecisions decisions,
      Balances balances,
      Revivals revivals,
      Verifications verifications) {
    this.charges = charges;
    this.captures = captures;
    this.closings = closings;
    this.observations = observations;
    this.voids = voids;
    this.reversals = reversals;
    this.refunds = refunds;
    this.decisions = decisions;
    this.balances = balances;
    this.revivals = revivals;
    this.verifications = verifications;
  }

  @Override
  public PaymentAnswer authorize(Payment payment) {
    return charges.authorize(payment);
  }

  @Override
  public PaymentAnswer charge(Payment payment) {
    return charges.charge(payment);
  }

  @Override
  public Outcome capture(Capture capture) {
    return captures.capture(capture);
  }

  @Override
  public PaymentAnswer query(StepKey payment) {
    return charges.query(payment);
  }

  @Override
  public Optional<Reason> objection(String channel) {
    return charges.objection(channel);
  }

  @Override
  public Outcome close(StepKey payment) {
    return closings.close(payment);
  }

  @Override
  public Observation observe(OrderId order) {
    return observations.observe(order);
  }

  @Override
  public Outcome voidAuthorization(Reversal reversal) {
    return voids.voidAuthorization(reversal);
  }

  @Override
  public Outcome refund(Reversal reversal) {
    return reversals.refund(reversal);
  }

  @Override
  public RefundDecision decideRefund(RefundWish wish) {
    return decisions.decide(wish);
  }

  @Override
  public Outcome giveBack(StepKey refund) {
    return refunds.giveBack(refund);
  }

  @Override
  public void giveUpRefund(StepKey refund) {
    decisions.giveUp(refund);
  }

  @Override
  public void giveUp(UndoPlan.Undo undo) {
    reversals.giveUp(undo);
  }

  @Override
  public RevivalDecision revive(OrderId order) {
    return revivals.revive(order);
  }

  @Override
  public Optional<PaymentBalance> balance(OrderId order) {
    return balances.of(order);
  }

  @Override
  public Outcome verify(Verification verification) {
    return verifications.verify(verification);
  }
}
