package dev.orderflow.drill.ledger;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.joda.money.Money;

/**
 * A provider within the process, which answers at once: what is measured is the ledger. Its names
 * for things hold the order's, so that they can be multiplied with it.
 */
final class Bank implements PaymentChannel {

  static final String NAME = "bank";

  /** The token of a payment that is declined. */
  static final String DECLINED = "declined";

  /** Told nothing. */
  record Told() {}

  /** How it comes to the worker's channels. */
  static final class Provider implements PaymentChannelProvider<Told> {
    private final Bank bank;

    Provider(Bank bank) {
      this.bank = bank;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Class<Told> configuration() {
      return Told.class;
    }

    @Override
    public PaymentChannel open(String name, Told configuration) {
      return bank;
    }
  }

  private final Map<String, Movements.Dispute> disputes = new ConcurrentHashMap<>();

  /** The order's payment is disputed. */
  void dispute(String order, Money amount, DisputeState state) {
    disputes.put(
        order,
        new Movements.Dispute(
            "dp-" + order,
            amount,
            state,
            Optional.of(new Reason("FRAUDULENT", "not ordered")),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Abilities abilities() {
    return new Abilities(
        Optional.of(Duration.ofDays(1)),
        Duration.ofSeconds(30),
        Duration.ZERO,
        Abilities.Steps.AUTHORIZE_AND_CAPTURE,
        Abilities.Fence.NONE,
        Abilities.Customer.ABSENT);
  }

  @Override
  public CallLimits limits() {
    return new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(20), 16);
  }

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    return taken(key, Kind.AUTHORIZATION, purchase);
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return taken(key, Kind.CHARGE, purchase);
  }

  private static Answer taken(StepKey key, Kind kind, Purchase purchase) {
    return purchase.token().equals(DECLINED)
        ? Answer.declined(new Reason("CARD_DECLINED", "the card was declined"))
        : done(kind, key, purchase.amount(), Optional.empty());
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return done(Kind.CAPTURE, key, authorization.amount(), Optional.of(authorization.reference()));
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return done(Kind.VOID, key, authorization.amount(), Optional.of(authorization.reference()));
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return done(Kind.REFUND, key, amount, Optional.of(payment.reference()));
  }

  private static Answer done(Kind kind, StepKey key, Money amount, Optional<String> parent) {
    return Answer.succeeded(
        new ProviderTransaction(kind, "bank-" + key, amount, key.order().value(), parent));
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return Answer.notExecuted(new Reason("NOT_FOUND", "there is nothing"));
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return Answer.notExecuted(new Reason("NOT_FOUND", "there is nothing"));
  }

  @Override
  public Movements movements(ProviderTransaction payment, CallBudget budget) {
    return Optional.ofNullable(disputes.get(payment.merchantReference()))
        .<Movements>map(
            dispute -> new Movements.Reported(java.util.List.of(), java.util.List.of(dispute)))
        .orElseGet(Movements::none);
  }
}
