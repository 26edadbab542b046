package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;

/** The payment room over a real database and a provider on a real socket, for one new order. */
final class Till implements AutoCloseable {
  static final Money AMOUNT = Money.parse("EUR 12.34");

  final FakeProvider provider = new FakeProvider();
  final OrderId order;
  final StepKey charge;
  final StepKey refund;
  final Payment payment;
  final PaymentActivities payments;
  final Ledger ledger;
  private final HikariDataSource pool;
  private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
  private final TestDatabase database;
  private volatile AttemptKind kind = AttemptKind.REGULAR;

  Till(TestDatabase database) {
    this(database, FakeProvider::config);
  }

  Till(TestDatabase database, Function<FakeProvider, SandboxConfig> config, Module... more) {
    this(database, OrderId.ofKey(UUID.randomUUID().toString()), config, more);
  }

  /** For an order that is in the ledger. */
  Till(TestDatabase database, OrderId order) {
    this(database, order, FakeProvider::config);
  }

  Till(
      TestDatabase database,
      OrderId order,
      Function<FakeProvider, SandboxConfig> config,
      Module... more) {
    this.database = database;
    this.order = order;
    charge = StepKey.of(order, Step.CHARGE);
    refund = StepKey.of(order, Step.REFUND);
    payment = new Payment(charge, "sandbox", "tok", AMOUNT);
    Module room = new PaymentModule(PaymentConfig.of(config.apply(provider)));
    Injector injector =
        database.injector(
            Modules.combine(Modules.override(room).with(seams()), Modules.combine(more)));
    pool = injector.getInstance(HikariDataSource.class);
    payments = injector.getInstance(PaymentActivities.class);
    ledger = injector.getInstance(Ledger.class);
  }

  private Module seams() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(() -> kind);
        bind(Transactions.class).toInstance(new Mortal(database.get(Jdbi.class), untilDeath));
      }
    };
  }

  /** The process dies in the n-th transaction from now, before it commits. */
  void dieInTransaction(int n) {
    untilDeath.set(n);
  }

  /** Time passes until no lease is left. */
  void leasesEnd() {
    database.execute("update operation set lease_until = now() - interval '1 second'");
  }

  /** Time passes until nothing can be on its way any more. */
  void horizonPasses() {
    database.execute(
        """
        update operation set lease_until = null,
          first_sent_at = first_sent_at - interval '10 minutes',
          last_sent_at = last_sent_at - interval '10 minutes'
        """);
  }

  /** What beginning an undo does first. */
  void fence(StepKey key) {
    database
        .get(Transactions.class)
        .in(
            tx -> {
              database.get(Ledger.class).fence(tx, List.of(key));
              return key;
            });
  }

  /** How an attempt fails that the provider leaves without an answer. */
  ApplicationFailure givenUp(ThrowingCallable attempt) {
    kind = AttemptKind.LOCAL;
    try {
      return failure(attempt);
    } finally {
      kind = AttemptKind.REGULAR;
    }
  }

  Outcome charge() {
    return payments.charge(payment).outcome();
  }

  Outcome refund() {
    return payments.refund(new Reversal(refund, charge));
  }

  Operation.State state(StepKey key) {
    return ledger.find(key).orElseThrow().state();
  }

  static ApplicationFailure failure(ThrowingCallable attempt) {
    return catchThrowableOfType(ApplicationFailure.class, attempt);
  }

  @Override
  public void close() {
    pool.close();
    provider.close();
  }

  private static final class Mortal extends Transactions {
    private final AtomicInteger untilDeath;

    Mortal(Jdbi jdbi, AtomicInteger untilDeath) {
      super(jdbi);
      this.untilDeath = untilDeath;
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      return super.in(
          tx -> {
            T result = work.apply(tx);
            if (untilDeath.decrementAndGet() == 0) {
              throw new IllegalStateException("killed");
            }
            return result;
          });
    }
  }
}
