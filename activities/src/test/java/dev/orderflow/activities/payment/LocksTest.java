package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.Meeting;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What gives back money that came unasked, and what else may happen to the order: at whatever
 * statement the one meets the other, they don't wait for each other.
 */
class LocksTest {
  private static final Money TEN = Money.parse("EUR 10.00");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 100_000);
  }

  /** A completed order for which, besides its payment, other money came. */
  private static final class Paid {
    final BankTill till = new BankTill(DATABASE, shop);
    final Undo undo;

    Paid() {
      till.bank.takes(TEN);
      till.pay();
      till.bank.takes(BankTill.AMOUNT);
      till.payments.charge(new Payment(till.charge.next(), Bank.NAME, "tok", BankTill.AMOUNT));
      till.commit();
      undo = till.observed();
    }

    Callable<?> refund() {
      return () -> till.undo(undo);
    }
  }

  private enum Other {
    GIVEN_UP {
      @Override
      Callable<?> of(Paid paid) {
        return () -> {
          paid.till.payments.giveUp(paid.undo);
          return paid;
        };
      }
    },
    WISH {
      @Override
      Callable<?> of(Paid paid) {
        return () -> paid.till.wish("w", BankTill.amount("EUR 2.00"));
      }
    },
    TAKEN_BACK {
      @Override
      Callable<?> of(Paid paid) {
        return () -> shop.beginUndo(paid.till.order, OrderStatus.REFUNDED);
      }

      @Override
      Jdbi connections() {
        return shop.get(Jdbi.class);
      }
    },
    OBSERVED {
      @Override
      Callable<?> of(Paid paid) {
        paid.till.bank.dashboardRefund(paid.till.charge.next(), "EUR 1.00");
        return () -> paid.till.observe();
      }
    },
    THE_SAME {
      @Override
      Callable<?> of(Paid paid) {
        return paid.refund();
      }
    };

    abstract Callable<?> of(Paid paid);

    Jdbi connections() {
      return DATABASE.get(Jdbi.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theRefundIsStopped(Other other) {
    int stop = 0;
    Meeting.Result result;
    do {
      Paid paid = new Paid();
      result = Meeting.at(++stop, DATABASE.get(Jdbi.class), paid.refund(), other.of(paid));
      assertNeitherWaited(stop, result);
    } while (result.met());
    assertThat(stop).isGreaterThan(5);
  }

  @ParameterizedTest
  @EnumSource
  void theOtherIsStopped(Other other) {
    int stop = 0;
    Meeting.Result result;
    do {
      Paid paid = new Paid();
      result = Meeting.at(++stop, other.connections(), other.of(paid), paid.refund());
      assertNeitherWaited(stop, result);
    } while (result.met());
    assertThat(stop).isGreaterThan(2);
  }

  private static void assertNeitherWaited(int stop, Meeting.Result result) {
    assertThat(
            Stream.of(result).flatMap(of -> Stream.concat(causes(of.first()), causes(of.second()))))
        .as("stopped before its statement " + stop)
        .doesNotHaveAnyElementsOfTypes(SQLException.class);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
