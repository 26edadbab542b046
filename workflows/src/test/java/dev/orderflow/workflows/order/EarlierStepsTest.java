package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.payment.RefundRequest.Amount;
import dev.orderflow.workflows.saga.Step;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What earlier runs did is shown by later ones, as the ledger knows it. */
class EarlierStepsTest {

  private static final Amount ONE = new Amount(Money.parse("EUR 1.00"));

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder completed(String key) {
    TestOrder order = shop.order(Basket.rich(key)).place();
    order.ends(OrderStatus.COMPLETED);
    shop.ledger().tellsSteps(order.id());
    return order;
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  private static List<Step> steps(OrderView view) {
    return view.steps().stream().map(step -> step.key().step()).toList();
  }

  @Test
  void aSecondRefundShowsTheFirstAndEverythingBefore() {
    TestOrder order = completed("earlier-refunds");
    after(order).refund("a", ONE).join();
    after(order).ends(OrderStatus.COMPLETED);

    after(order).refund("b", ONE).join();

    OrderView view = after(order).ends(OrderStatus.COMPLETED);
    assertThat(steps(view)).contains(Step.RESERVE, Step.CHARGE, Step.COMMIT, Step.CONFIRM);
    assertThat(steps(view)).filteredOn(Step.REFUND::equals).hasSize(2);
    assertThat(view.steps()).extracting(step -> step.key()).doesNotHaveDuplicates();
    assertThat(view.balance().orElseThrow().refunds()).hasSize(2);
  }

  @Test
  void aCancelShowsTheRefundsBeforeIt() {
    TestOrder order = completed("earlier-cancel");
    after(order).refund("a", ONE).join();
    after(order).ends(OrderStatus.COMPLETED);

    after(order).cancel().join();

    OrderView view = after(order).ends(OrderStatus.REFUNDED);
    assertThat(steps(view)).contains(Step.CHARGE, Step.RESTOCK, Step.CORRECT);
    assertThat(view.balance().orElseThrow().refunds()).hasSize(1);
  }

  @Test
  void aReportAboutNothingShowsTheBalanceAndLeavesFewEvents() {
    TestOrder order = completed("earlier-report");

    OrderView view = after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(view.balance()).isPresent();
    assertThat(steps(view)).contains(Step.CHARGE);
    assertThat(shop.client().fetchHistory(order.id().aftercare()).getEvents()).hasSizeLessThan(11);
  }

  @Test
  void aRecoveredOrderShowsWhatWasDoneBefore() {
    TestOrder order = shop.order(Basket.rich("earlier-recovered").withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    shop.ledger().tellsSteps(order.id());
    order.cancel().join();
    order.ends(OrderStatus.CANCELLED);

    OrderView view = order.recover().ends(OrderStatus.CANCELLED);

    assertThat(steps(view)).contains(Step.RESERVE, Step.AUTHORIZE, Step.VOID, Step.RELEASE);
  }
}
