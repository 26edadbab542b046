package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.FakeRooms;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payload.Payloads;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Histories of orders that were carried by earlier versions of the code. Orders that wait for days
 * are carried on by a newer one, so the code must still say the same about each.
 *
 * <p>When one fails, the change needs a version ({@code Workflow.getVersion}). Only what no order
 * can stand in any more is written anew: {@code mvn -pl workflows test -Dtest=GoldenHistoryTest
 * -Dgolden.write=true}.
 */
class GoldenHistoryTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  /** What is done otherwise since; orders that began so are carried on as they began. */
  private static final Set<Golden> FORMER =
      EnumSet.of(
          Golden.AWAITED,
          Golden.SECOND_ATTEMPT,
          Golden.SECOND_ATTEMPT_AND_HEARD,
          Golden.CHOICE_AFTER_A_FORGOTTEN_ONE);

  @RegisterExtension final Shop shop = new Shop();

  private enum Golden {
    HEALTHY {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.plain("golden-healthy")).place();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    HEALTHY_WITH_COUPON_AND_REWARD {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-rich")).place();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    PROVIDER_IN_TROUBLE {
      @Override
      String run(Shop shop) {
        TestOrder order =
            shop.order(Basket.rich("golden-trouble")).with(Call.CHARGE, Trouble.failing(5)).place();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    DECLINED {
      @Override
      String run(Shop shop) {
        TestOrder order =
            shop.order(Basket.rich("golden-declined"))
                .with(Call.CHARGE, Trouble.declined("insufficient_funds"))
                .place();
        order.ends(OrderStatus.DECLINED);
        return order.id().value();
      }
    },
    APPROVED {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-approved").withHold()).place();
        order.awaitStatus(OrderStatus.ON_HOLD);
        order.decide(Review.Choice.APPROVE).join();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    CANCELLED_ON_HOLD {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-cancelled").withHold()).place();
        order.awaitStatus(OrderStatus.ON_HOLD);
        order.cancel().join();
        order.ends(OrderStatus.CANCELLED);
        return order.id().value();
      }
    },
    AWAITED {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-awaited").awaited()).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        order.customerPays().reported().ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    ASKED_FOR_UNTIL_THE_DEADLINE {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-expired").awaited()).place();
        order.ends(OrderStatus.DECLINED);
        return order.id().value();
      }
    },
    SECOND_ATTEMPT {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-second").awaited()).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        order.customerRefuses().reported();
        order.awaitReason("refused");
        order.pay(Wallet.CHANNEL, "tok_second").join();
        order.pay(Basket.CHANNEL, "tok_third").join();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    FAILED_OVER {
      @Override
      String run(Shop shop) {
        TestOrder order =
            shop.order(Basket.rich("golden-failover").by(Basket.CHANNEL, "second-bank"))
                .with(Call.CHARGE, Trouble.failing(3))
                .place();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    AWAITED_AND_HEARD {
      @Override
      String run(Shop shop) {
        return AWAITED.run(shop);
      }
    },
    SECOND_ATTEMPT_AND_HEARD {
      @Override
      String run(Shop shop) {
        return SECOND_ATTEMPT.run(shop);
      }
    },
    DISPUTED_WHILE_IT_IS_PAID {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-disputed-early").awaited()).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        order.customerPays();
        shop.ledger().disputed(order.id());
        order.reported().ends(OrderStatus.CANCELLED);
        return order.id().value();
      }
    },
    /** What aftercare does. */
    PAID_LATE_AND_REVIVED {
      @Override
      String run(Shop shop) {
        TestOrder order = revived(shop, Basket.rich("golden-revived").revivable());
        order.ends(OrderStatus.COMPLETED);
        return order.id().aftercare();
      }
    },
    REVIVED {
      @Override
      String run(Shop shop) {
        TestOrder order = revived(shop, Basket.rich("golden-revived-order").revivable());
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    REVIVED_AND_SOLD_MEANWHILE {
      @Override
      String run(Shop shop) {
        Basket basket = Basket.plain("golden-revived-sold").revivable();
        TestOrder order = shop.order(basket).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        order.ends(OrderStatus.DECLINED);
        order.with(Call.RESERVE, Trouble.declined("OUT_OF_STOCK"));
        paidLate(shop, order);
        order.ends(OrderStatus.REJECTED);
        return order.id().value();
      }
    },
    CHOICE_AFTER_A_FORGOTTEN_ONE {
      @Override
      String run(Shop shop) {
        Basket basket = Basket.rich("golden-forgotten").awaited();
        TestOrder order = shop.order(basket).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        FakeRooms rooms = new FakeRooms(shop.ledger());
        StepKey first = StepKey.of(order.id(), Step.CHARGE);
        rooms.close(first);
        rooms.charge(new Payment(first.next(), Basket.CHANNEL, "tok_second", basket.total()));
        order.pay(Wallet.CHANNEL, "tok_third").join();
        order.ends(OrderStatus.COMPLETED);
        return order.id().value();
      }
    },
    SECOND_ATTEMPT_LOOKED_AT {
      @Override
      String run(Shop shop) {
        return SECOND_ATTEMPT.run(shop);
      }
    },
    CHOICE_AFTER_A_FORGOTTEN_ONE_LOOKED_AT {
      @Override
      String run(Shop shop) {
        return CHOICE_AFTER_A_FORGOTTEN_ONE.run(shop);
      }
    },
    STUCK_UNDO {
      @Override
      String run(Shop shop) {
        TestOrder order =
            shop.order(Basket.rich("golden-stuck").withHold())
                .with(Call.VOID, Trouble.declinedUpTo(1, "NOT_NOW"))
                .place();
        order.awaitStatus(OrderStatus.ON_HOLD);
        order.decide(Review.Choice.DENY);
        order.awaitStatus(OrderStatus.IN_REVIEW);
        order.decide(Review.Choice.RETRY).join();
        order.ends(OrderStatus.REJECTED);
        return order.id().value();
      }
    },
    AFTERCARE {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-aftercare")).place();
        order.ends(OrderStatus.COMPLETED);
        TestAftercare after = new TestAftercare(shop, order.id());
        order.with(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
        after.cancel().join();
        after.awaitReview();
        after.decide(Review.Choice.RETRY, Optional.empty()).join();
        after.ends(OrderStatus.REFUNDED);
        return order.id().aftercare();
      }
    },
    HELD_AND_KEPT {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-kept").awaited()).place();
        order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
        shop.ledger().customerPaysOther(order.id());
        order.reported().awaitReason(Reason.AMOUNT_DIFFERS);
        order.awaitReviewOf(Step.REFUND);
        order.decide(Review.Choice.DENY).join();
        order.ends(OrderStatus.DECLINED);
        return order.id().value();
      }
    },
    HELD_AND_RELEASED_AFTERWARDS {
      @Override
      String run(Shop shop) {
        TestOrder order = shop.order(Basket.rich("golden-released")).place();
        order.ends(OrderStatus.COMPLETED);
        TestAftercare after = new TestAftercare(shop, order.id());
        var part = new RefundRequest.Amount(Money.parse("EUR 3.00"));
        StepKey refund = after.refund("a", part).join().refund().orElseThrow();
        after.ends(OrderStatus.COMPLETED);
        shop.ledger().refundFails(refund);
        after.reported().awaitReview();
        after.decide(Review.Choice.RETRY, Optional.empty()).join();
        after.ends(OrderStatus.COMPLETED);
        return order.id().aftercare();
      }
    },
    DISPUTED_BEFORE_THE_HANDOVER {
      @Override
      String run(Shop shop) {
        TestOrder order =
            shop.order(Basket.rich("golden-disputed"))
                .with(Call.COMMIT, Trouble.declinedUpTo(1, "SHORT"))
                .place();
        order.awaitReviewOf(Step.COMMIT);
        shop.ledger().disputed(order.id());
        order.reported().decide(Review.Choice.RETRY).join();
        order.ends(OrderStatus.CANCELLED);
        return order.id().value();
      }
    },
    AFTERCARE_AND_SHOWN {
      @Override
      String run(Shop shop) {
        shop.ledger().tellsBalances();
        return AFTERCARE.run(shop);
      }
    },
    HELD_AND_KEPT_AND_SHOWN {
      @Override
      String run(Shop shop) {
        shop.ledger().tellsBalances();
        return HELD_AND_KEPT.run(shop);
      }
    },
    HELD_AND_RELEASED_AFTERWARDS_AND_SHOWN {
      @Override
      String run(Shop shop) {
        shop.ledger().tellsBalances();
        return HELD_AND_RELEASED_AFTERWARDS.run(shop);
      }
    },
    DISPUTED_BEFORE_THE_HANDOVER_AND_SHOWN {
      @Override
      String run(Shop shop) {
        shop.ledger().tellsBalances();
        return DISPUTED_BEFORE_THE_HANDOVER.run(shop);
      }
    };

    private static TestOrder revived(Shop shop, Basket basket) {
      TestOrder order = shop.order(basket).place();
      order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
      order.ends(OrderStatus.DECLINED);
      paidLate(shop, order);
      return order;
    }

    private static void paidLate(Shop shop, TestOrder order) {
      shop.ledger().customerPaysLate(StepKey.of(order.id(), Step.CHARGE));
      new TestAftercare(shop, order.id()).reported().result();
    }

    /** Carries an order and says which workflow's history is golden. */
    abstract String run(Shop shop);

    Path file() {
      return GOLDEN.resolve(name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".json");
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void isStillCarriedTheSameWay(Golden golden) throws Exception {
    WorkflowExecutionHistory history =
        WorkflowExecutionHistory.fromJson(Files.readString(golden.file()));

    shop.replay(history);

    if (FORMER.contains(golden)) {
      return;
    }
    // The replay alone does not notice local activities that have changed places.
    String workflow = golden.run(shop);
    assertThat(activities(shop.client().fetchHistory(workflow)))
        .isEqualTo(activities(history))
        .isNotEmpty();
  }

  private static List<String> activities(WorkflowExecutionHistory history) {
    return history.getEvents().stream().flatMap(event -> activity(event).stream()).toList();
  }

  private static Optional<String> activity(HistoryEvent event) {
    return switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
          Optional.of(event.getActivityTaskScheduledEventAttributes().getActivityType().getName());
      case EVENT_TYPE_MARKER_RECORDED ->
          Optional.of(marked(event.getMarkerRecordedEventAttributes()));
      default -> Optional.empty();
    };
  }

  /** A local activity's type; or what else a marker is for, such as a version. */
  private static String marked(MarkerRecordedEventAttributes marker) {
    return marker.containsDetails("type")
        ? Payloads.plain()
            .fromPayloads(
                0, Optional.of(marker.getDetailsOrThrow("type")), String.class, String.class)
        : marker.getMarkerName();
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  @EnabledIfSystemProperty(named = "golden.write", matches = "true")
  void isWrittenOnDemand(Golden golden) throws IOException {
    assumeThat(FORMER).doesNotContain(golden);
    String workflow = golden.run(shop);

    Files.createDirectories(GOLDEN);
    Files.writeString(golden.file(), shop.client().fetchHistory(workflow).toJson(true) + "\n");
  }
}
