package dev.orderflow.activities.payment;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Modules;
import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Capture;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;

/** The payment room over a real database and a {@link Bank}, for one new order of EUR 12.34. */
final class BankTill {
  static final Money AMOUNT = Money.parse("EUR 12.34");
  private static final Decision WHY = new Decision("desk", Decision.Role.OPERATOR, "scratched");

  final Bank bank = new Bank();
  final OrderId order;
  final StepKey charge;
  final PaymentActivities payments;
  final Ledger ledger;
  final Disputes disputes;
  private final Shop shop;
  private final TestDatabase database;

  /** For an order with its goods reserved; nothing is paid. */
  BankTill(TestDatabase database, Shop shop) {
    this.shop = shop;
    this.database = database;
    order = shop.reserved("mug", 1);
    charge = StepKey.of(order, Step.CHARGE);
    Injector injector =
        Guice.createInjector(
            Modules.override(new PaymentModule(PaymentConfig.defaults()))
                .with(
                    new AbstractModule() {
                      @Override
                      protected void configure() {
                        bind(Jdbi.class).toInstance(database.get(Jdbi.class));
                        bind(new TypeLiteral<Supplier<AttemptKind>>() {})
                            .toInstance(() -> AttemptKind.REGULAR);
                        MapBinder.newMapBinder(binder(), String.class, PaymentChannel.class)
                            .addBinding(Bank.NAME)
                            .toInstance(bank);
                      }
                    }));
    payments = injector.getInstance(PaymentActivities.class);
    ledger = injector.getInstance(Ledger.class);
    disputes = injector.getInstance(Disputes.class);
  }

  static BankTill paid(TestDatabase database, Shop shop) {
    BankTill till = new BankTill(database, shop);
    till.pay();
    till.bank.calls.clear();
    return till;
  }

  static BankTill completed(TestDatabase database, Shop shop) {
    BankTill till = paid(database, shop);
    till.commit();
    return till;
  }

  Outcome pay() {
    return payments.charge(new Payment(charge, Bank.NAME, "tok", AMOUNT)).outcome();
  }

  Outcome commit() {
    return shop.inventory().commit(StepKey.of(order, Step.COMMIT));
  }

  Outcome authorizeAndCapture() {
    StepKey hold = StepKey.of(order, Step.AUTHORIZE);
    payments.authorize(new Payment(hold, Bank.NAME, "tok", AMOUNT));
    return payments.capture(new Capture(key(Step.CAPTURE, 1), hold));
  }

  List<Undo> observe() {
    return payments.observe(order).undos();
  }

  /** The only thing to give back. */
  Undo observed() {
    List<Undo> undos = observe();
    if (undos.size() != 1) {
      throw new AssertionError(undos);
    }
    return undos.get(0);
  }

  /** What is given back of an order that is taken back. */
  List<Undo> takeBack() {
    return shop.beginUndo(order, OrderStatus.CANCELLED).undos().stream()
        .filter(undo -> undo.key().step() == Step.REFUND || undo.key().step() == Step.VOID)
        .toList();
  }

  Outcome undo(Undo undo) {
    Reversal reversal = new Reversal(undo.key(), undo.forward());
    return undo.key().step() == Step.VOID
        ? payments.voidAuthorization(reversal)
        : payments.refund(reversal);
  }

  Outcome accept(Undo undo, String reference) {
    return payments.verify(new Verification(undo.key(), undo.forward(), reference));
  }

  RefundDecision wish(String key, RefundRequest.Wanted wanted) {
    return payments.decideRefund(
        new RefundWish(order, new RefundRequest(key, wanted, WHY), Optional.empty()));
  }

  String refusal(String key, String amount) {
    return wish(key, amount(amount)).refusal().map(Reason::code).orElse("none");
  }

  Outcome refund(String key, String amount) {
    return payments.giveBack(wish(key, amount(amount)).refund().orElseThrow().key());
  }

  static RefundRequest.Wanted amount(String amount) {
    return new RefundRequest.Amount(Money.parse(amount));
  }

  PaymentBalance balance() {
    return payments.balance(order).orElseThrow();
  }

  StepKey key(Step step, int n) {
    return new StepKey(order, step, n);
  }

  Optional<Operation.State> state(StepKey key) {
    return ledger.find(key).map(Operation::state);
  }

  /** How often something of that kind was booked. */
  long booked(Step step) {
    return database.number(
        "select count(*) from operation where order_id = '%s' and step = '%s'"
            .formatted(order, step));
  }

  long asked(CallKind kind) {
    return bank.calls.stream().filter(kind::equals).count();
  }

  String status() {
    return shop.status(order);
  }
}
