package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.activities.audit.Audit;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.Placed;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two ledgers, each with its own database, task queue and worker, behind one Temporal and one
 * provider: an order's id says in which it is.
 */
@ExtendWith(SharedMachine.class)
@Tag("long")
class SeveralLedgersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Where callbacks are lost, orders ask after that. */
  private static final String WAITING = "payment.waiting.ladder = [\"2s\"]";

  private final Machine machine;
  private final Counter counter;
  private final List<OneOfLedgers> ledgers = new ArrayList<>();

  private final List<Basket> completed = both("ledgers-completed", Basket::rich);
  private final List<Basket> declined =
      both("ledgers-declined", name -> Basket.rich(name).paidBy("decline:card_declined"));
  private final List<Basket> cancelled = both("ledgers-cancelled", Basket::rich);
  private final List<Basket> refunded = both("ledgers-refunded", Basket::plain);
  private final List<Basket> awaited =
      both("ledgers-awaited", name -> Basket.plain(name).paidBy("async:500"));
  private final List<Basket> all =
      Stream.of(completed, declined, cancelled, refunded, awaited).flatMap(List::stream).toList();

  SeveralLedgersTest(Machine machine) {
    this.machine = machine;
    this.counter = new Counter(machine);
  }

  /** Four of a kind, two in each ledger. */
  private static List<Basket> both(String kind, Function<String, Basket> basket) {
    return IntStream.of(0, 1)
        .boxed()
        .flatMap(
            ledger ->
                IntStream.range(0, 1_000)
                    .mapToObj(i -> basket.apply(kind + "-" + i))
                    .filter(each -> each.id().ledger(2) == ledger)
                    .limit(2))
        .toList();
  }

  /** The provider has one address to call back: that of the first ledger's gateway. */
  @BeforeEach
  void twoLedgers() throws IOException {
    machine.withoutWorker();
    String hearing = Machine.hearing(machine.addresses().callbacks().getPort());
    ledgers.add(new OneOfLedgers(machine, 0, hearing + WAITING));
    ledgers.add(new OneOfLedgers(machine, 1, WAITING));
  }

  @AfterEach
  void closed() {
    ledgers.forEach(OneOfLedgers::close);
  }

  private OneOfLedgers of(Basket basket) {
    return ledgers.get(basket.id().ledger(ledgers.size()));
  }

  private OneOfLedgers otherThan(OneOfLedgers ledger) {
    return ledgers.get(1 - ledgers.indexOf(ledger));
  }

  private List<Basket> in(OneOfLedgers ledger, Collection<Basket> baskets) {
    return baskets.stream().filter(basket -> of(basket) == ledger).toList();
  }

  @Test
  void anOrderIsInTheOneThatItsIdNamesAndInNoOther() {
    // Each has a share of every article, and every coupon.
    ledgers.forEach(ledger -> ledger.books().stock(all));

    all.forEach(this::place);
    counter.awaitClosed(all);
    cancelled.forEach(this::cancel);
    refunded.forEach(this::refund);
    counter.awaitClosed(all);

    mustShow(completed, OrderStatus.COMPLETED);
    mustShow(declined, OrderStatus.DECLINED);
    mustShow(cancelled, OrderStatus.REFUNDED);
    mustShow(refunded, OrderStatus.COMPLETED);
    mustShow(awaited, OrderStatus.COMPLETED);
    ledgers.forEach(this::mustHoldItsOwnAlone);
    ledgers.forEach(this::mustAgreeWithTheOutside);
    mustAddUpToTheProvidersLog();
    callbacksAreTakenByTheOneThatHearsThem();
    ledgers.forEach(this::theOthersRowsOfAReportStayOpen);
  }

  private void place(Basket basket) {
    assertThat(of(basket).orders().place(basket.document()))
        .isEqualTo(new Placed(basket.id(), Placed.Novelty.NEW));
    // Temporal knows the order, whoever asks: it is not placed in the wrong ledger as well.
    assertThat(otherThan(of(basket)).orders().place(basket.document()).novelty())
        .isEqualTo(Placed.Novelty.EXISTING);
  }

  /** Who asks the wrong one hears that there is no such order, and may ask the right one. */
  private void cancel(Basket basket) {
    assertThatThrownBy(
            () -> otherThan(of(basket)).orders().cancel(basket.id(), Counter.CUSTOMER, PATIENCE))
        .isInstanceOf(NoSuchOrderException.class);
    CancelReply reply = of(basket).orders().cancel(basket.id(), Counter.CUSTOMER, PATIENCE);
    assertThat(reply.verdict()).as(reply.message()).isEqualTo(CancelReply.Verdict.CANCELLED);
  }

  private void refund(Basket basket) {
    RefundRequest five =
        new RefundRequest(
            "five", new RefundRequest.Amount(Money.parse("EUR 5.00")), Counter.CUSTOMER);
    assertThatThrownBy(() -> otherThan(of(basket)).orders().refund(basket.id(), five, PATIENCE))
        .isInstanceOf(NoSuchOrderException.class);
    assertThat(of(basket).orders().refund(basket.id(), five, PATIENCE).verdict())
        .isEqualTo(RefundReply.Verdict.REFUNDED);
  }

  /** Whoever is asked: Temporal knows where the order is carried out. */
  private void mustShow(List<Basket> baskets, OrderStatus status) {
    for (Basket basket : baskets) {
      for (OneOfLedgers asked : ledgers) {
        assertThat(asked.orders().show(basket.id()).status()).as(basket.name()).isEqualTo(status);
      }
    }
  }

  /** Of the other's orders there is nothing, but callbacks, which find nobody here. */
  private void mustHoldItsOwnAlone(OneOfLedgers ledger) {
    List<Basket> own = in(ledger, all);
    assertThat(own).hasSize(all.size() / 2);
    assertThat(ledger.ordersNamed(Set.of("inbox"))).isEqualTo(ids(own));
    assertThat(ledger.spent())
        .containsExactlyInAnyOrderElementsOf(
            own.stream()
                .filter(basket -> !declined.contains(basket) && !cancelled.contains(basket))
                .flatMap(b -> Stream.concat(Stream.of(b.article()), b.couponCode().stream()))
                .toList());
  }

  private static Set<String> ids(Collection<Basket> baskets) {
    return baskets.stream().map(basket -> basket.id().value()).collect(Collectors.toSet());
  }

  private void mustAgreeWithTheOutside(OneOfLedgers ledger) {
    CampaignBooks books = ledger.books();
    List<Basket> own = new ArrayList<>(in(ledger, all));
    own.removeAll(refunded);
    books.mustAgree(own);
    for (Basket basket : in(ledger, refunded)) {
      assertThat(books.booked(basket))
          .isEqualTo(new CampaignBooks.Booked(books.total(basket), 5_00, 5_00));
    }
    OneOfLedgers.Audited audited = ledger.audit();
    assertThat(audited.findings()).isEmpty();
    assertThat(audited.result().orders()).isEqualTo(in(ledger, all).size());
  }

  /** So many transactions of a kind, and their sum in cents. */
  private record Moved(long transactions, BigDecimal minor) {
    Moved plus(Moved more) {
      return new Moved(transactions + more.transactions, minor.add(more.minor));
    }
  }

  private void mustAddUpToTheProvidersLog() {
    Map<String, Moved> booked = new TreeMap<>();
    for (OneOfLedgers ledger : ledgers) {
      Map<Audit.Moved, Audit.Sum> money = ledger.audit().result().money();
      money.forEach(
          (of, sum) ->
              booked.merge(of.kind(), new Moved(sum.transactions(), sum.minor()), Moved::plus));
    }
    Map<String, Moved> said = new TreeMap<>();
    effects(all)
        .forEach(
            effect ->
                said.merge(
                    effect.object().toUpperCase(Locale.ROOT),
                    new Moved(1, BigDecimal.valueOf(effect.amount())),
                    Moved::plus));
    assertThat(booked).isEqualTo(said).containsOnlyKeys("CHARGE", "REFUND");
  }

  private Stream<Outside.Effect> effects(Collection<Basket> baskets) {
    Set<String> ids = ids(baskets);
    return machine.outside().effects().stream().filter(effect -> ids.contains(effect.order()));
  }

  /** The other ledger's orders have asked for themselves; what was told of them lies here. */
  private void callbacksAreTakenByTheOneThatHearsThem() {
    OneOfLedgers hears = ledgers.get(0);
    Set<String> expected =
        awaited.stream()
            .map(basket -> basket.id() + (of(basket) == hears ? " DELIVERED" : " PARKED"))
            .collect(Collectors.toSet());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(hears.heardOf(ids(all))).isEqualTo(expected));
    assertThat(otherThan(hears).heardOf(ids(all))).isEmpty();
  }

  /** The provider reports the payments of all ledgers; this one knows its own. */
  private void theOthersRowsOfAReportStayOpen(OneOfLedgers ledger) {
    Reconciliation found = ledger.reconcile();

    assertThat(found.open()).isEqualTo(found.unknownOrder());
    assertThat(ledger.openDifferences())
        .hasSize((int) found.open())
        .containsAll(references(in(otherThan(ledger), all)))
        .doesNotContainAnyElementsOf(references(in(ledger, all)));
  }

  private List<String> references(Collection<Basket> baskets) {
    return effects(baskets).map(Outside.Effect::id).toList();
  }
}
