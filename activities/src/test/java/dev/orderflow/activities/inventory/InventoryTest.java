package dev.orderflow.activities.inventory;

import static dev.orderflow.activities.Shop.reservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.inventory.InventoryActivities.Line;
import dev.orderflow.workflows.inventory.InventoryActivities.Reservation;
import dev.orderflow.workflows.inventory.InventoryActivities.Return;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InventoryTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final AtomicInteger ARTICLES = new AtomicInteger();
  private static Shop shop;

  /** Pins whatever has not lapsed yet. */
  private static Shop hasty;

  private String article;

  @BeforeAll
  static void open() {
    shop = Shop.usual(database);
    InventoryConfig noMargin = new InventoryConfig(Duration.ofMinutes(15), Duration.ZERO);
    hasty = new Shop(database, Shop.Config.usual().with(noMargin));
  }

  @BeforeEach
  void tenPieces() {
    article = "article-" + ARTICLES.incrementAndGet();
    shop.sells(article, "10.00", 10);
  }

  private StockLevel stock() {
    return shop.get(StockStore.class).find(article).orElseThrow();
  }

  private StockLevel level(int onHand, int reserved) {
    return new StockLevel(article, onHand, reserved);
  }

  private static StepKey key(OrderId order, Step step) {
    return StepKey.of(order, step);
  }

  private static Return giveBack(OrderId order, Step step, Step forward) {
    return new Return(key(order, step), key(order, forward));
  }

  private static Outcome release(OrderId order) {
    return shop.inventory().release(giveBack(order, Step.RELEASE, Step.RESERVE));
  }

  private static Outcome commit(OrderId order) {
    return shop.inventory().commit(key(order, Step.COMMIT));
  }

  private static Outcome restock(OrderId order) {
    return shop.inventory().restock(giveBack(order, Step.RESTOCK, Step.COMMIT));
  }

  @Test
  void stockIsReservedOnce() {
    OrderId order = shop.placed(article, 3);
    assertThat(shop.inventory().reserve(reservation(order, article, 3)))
        .isEqualTo(Outcome.succeeded());
    assertThat(shop.inventory().reserve(reservation(order, article, 3)))
        .isEqualTo(Outcome.succeeded());
    assertThat(stock()).isEqualTo(level(10, 3));
  }

  @Test
  void theSameKeyForOtherLinesIsRefused() {
    OrderId order = shop.reserved(article, 3);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> shop.inventory().reserve(reservation(order, article, 4)));
    assertThat(failure.getType()).isEqualTo("KEY_REUSED");
    assertThat(stock()).isEqualTo(level(10, 3));
  }

  @RepeatedTest(5)
  void copiesAtOnceReserveOnce() {
    OrderId order = shop.placed(article, 3);
    Callable<Outcome> copy = () -> shop.inventory().reserve(reservation(order, article, 3));
    assertThat(AtOnce.run(Collections.nCopies(4, copy)))
        .containsOnly(new AtOnce.Result<>(Outcome.succeeded(), null));
    assertThat(stock()).isEqualTo(level(10, 3));
  }

  @Test
  void outOfStockSaysWhatIsWantedAndWhatIsThereAndTakesNothing() {
    shop.reserved(article, 8);
    OrderId order = shop.placed(article, 3);
    shop.sells("another", "1.00", 100);
    Outcome outcome =
        shop.inventory()
            .reserve(
                new Reservation(
                    key(order, Step.RESERVE),
                    List.of(
                        new Line(1, "another", 1),
                        new Line(2, article, 2),
                        new Line(3, article, 1))));
    assertThat(outcome)
        .isEqualTo(
            Outcome.declined(
                new Reason("OUT_OF_STOCK", "3 of " + article + " are wanted, 2 available")));
    assertThat(stock()).isEqualTo(level(10, 8));
    assertThat(database.number("select reserved from stock where article = 'another'")).isZero();
    assertThat(shop.inventory().reserve(reservation(shop.placed(article, 1), "ghost", 1)).reason())
        .contains(new Reason("OUT_OF_STOCK", "1 of ghost are wanted, 0 available"));
  }

  @Test
  void manyOrdersOfSeveralArticlesNeitherOversellNorBlockEachOther() {
    String other = article + "-b";
    shop.sells(other, "10.00", 10);
    List<Callable<Outcome>> customers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      OrderId order = shop.placed(article, 1);
      Line first = new Line(1, i % 2 == 0 ? article : other, 1);
      Line second = new Line(2, i % 2 == 0 ? other : article, 1);
      customers.add(
          () ->
              shop.inventory()
                  .reserve(new Reservation(key(order, Step.RESERVE), List.of(first, second))));
    }
    List<AtOnce.Result<Outcome>> results = AtOnce.run(customers);
    assertThat(results).allMatch(result -> result.failure() == null);
    assertThat(results).filteredOn(r -> r.value().equals(Outcome.succeeded())).hasSize(10);
    assertThat(stock()).isEqualTo(level(10, 10));
  }

  @Test
  void releasedStockCanBeSoldAgainAndIsReleasedOnce() {
    OrderId order = shop.reserved(article, 10);
    assertThat(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(stock()).isEqualTo(level(10, 0));
    shop.reserved(article, 10);
    assertThat(stock()).isEqualTo(level(10, 10));
  }

  @Test
  void releaseAndRestockSucceedWhereThereIsNothing() {
    OrderId order = shop.placed(article, 1);
    assertThat(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(restock(order)).isEqualTo(Outcome.succeeded());
    assertThat(stock()).isEqualTo(level(10, 0));
  }

  @Test
  void committedStockIsGoneAndTheOrderIsCompleted() {
    OrderId order = shop.reserved(article, 4);
    assertThat(commit(order)).isEqualTo(Outcome.succeeded());
    assertThat(commit(order)).isEqualTo(Outcome.succeeded());
    assertThat(stock()).isEqualTo(level(6, 0));
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
  }

  @RepeatedTest(5)
  void commitsAtOnceAreOne() {
    OrderId order = shop.reserved(article, 4);
    Callable<Outcome> copy = () -> commit(order);
    assertThat(AtOnce.run(Collections.nCopies(4, copy)))
        .containsOnly(new AtOnce.Result<>(Outcome.succeeded(), null));
    assertThat(stock()).isEqualTo(level(6, 0));
  }

  @Test
  void committedStockIsPutBackOnce() {
    OrderId order = shop.completed(article, 4);
    restock(order);
    restock(order);
    assertThat(stock()).isEqualTo(level(10, 0));
    assertThat(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(stock()).isEqualTo(level(10, 0));
  }

  @Test
  void anOrderWithoutArticlesIsCommittedToo() {
    OrderId order = shop.placed(article, 1);
    shop.inventory().reserve(new Reservation(key(order, Step.RESERVE), List.of()));
    assertThat(commit(order)).isEqualTo(Outcome.succeeded());
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
  }

  @Test
  void aLostReservationIsNotCommittedAndTheOrderNotCompleted() {
    OrderId order = shop.reserved(article, 4);
    shop.age(order, Duration.ofHours(1));
    assertThat(shop.sweep()).isEqualTo(1);
    assertThat(commit(order).reason().orElseThrow().code()).isEqualTo("RESERVATION_LOST");
    assertThat(stock()).isEqualTo(level(10, 0));
    assertThat(shop.status(order)).isEqualTo("PLACED");
  }

  @Test
  void whatIsPinnedDoesNotLapseAndEndsByItsOrder() {
    OrderId order = shop.reserved(article, 4);
    assertThat(shop.pin(order)).isEmpty();
    shop.age(order, Duration.ofDays(3));
    assertThat(shop.sweep()).isZero();
    assertThat(shop.pin(order)).as("again, late").isEmpty();
    release(order);
    assertThat(stock()).isEqualTo(level(10, 0));
  }

  @Test
  void aPinIsRefusedWhenTooLittleTimeIsLeftAndPinsNothing() {
    OrderId order = shop.reserved(article, 4);
    Duration left = InventoryConfig.defaults().payMargin().minusSeconds(5);
    shop.age(order, InventoryConfig.defaults().reserveFor().minus(left));
    assertThat(shop.pin(order).orElseThrow().code()).isEqualTo("RESERVATION_EXPIRED");
    assertThat(shop.sweep()).as("its time is not over").isZero();
    shop.age(order, left);
    assertThat(shop.sweep()).isEqualTo(1);
    assertThat(shop.pin(order).orElseThrow().code()).isEqualTo("RESERVATION_EXPIRED");
  }

  @RepeatedTest(10)
  void sweepAndPinAtOnceAgreeWhoHasIt() {
    OrderId order = shop.reserved(article, 4);
    shop.age(order, Duration.ofMinutes(16));
    database.execute(
        "update reservation set expires_at = clock_timestamp() + interval '2 milliseconds'"
            + " where order_id = '"
            + order
            + "'");
    List<AtOnce.Result<Object>> results =
        AtOnce.<Object>run(List.of(() -> hasty.pin(order), () -> shop.sweep()));
    assertThat(results).allMatch(result -> result.failure() == null);
    boolean pinned = results.get(0).value().equals(Optional.empty());
    boolean swept = results.get(1).value().equals(1);
    assertThat(pinned && swept).isFalse();
    assertThat(stock()).isEqualTo(level(10, swept ? 0 : 4));
    shop.sweep();
    assertThat(stock()).isEqualTo(level(10, pinned ? 4 : 0));
  }

  @Test
  void sweepsAtOnceShareTheWork() {
    List<OrderId> orders = IntStream.range(0, 10).mapToObj(i -> shop.reserved(article, 1)).toList();
    orders.forEach(order -> shop.age(order, Duration.ofHours(1)));
    Callable<Integer> sweep = () -> shop.sweep();
    List<AtOnce.Result<Integer>> results = AtOnce.run(Collections.nCopies(4, sweep));
    int swept = results.stream().mapToInt(AtOnce.Result::value).sum();
    assertThat(swept + shop.sweep()).isEqualTo(10);
    assertThat(stock()).isEqualTo(level(10, 0));
  }

  @Test
  void sweepReserveReleaseAndCommitAtOnceKeepTheBooksRight() {
    String other = article + "-b";
    shop.sells(other, "10.00", 1_000);
    shop.get(StockStore.class).set(article, 1_000);
    List<Callable<Object>> everything = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      OrderId lapsing = both(other);
      shop.age(lapsing, Duration.ofHours(1));
      OrderId released = both(other);
      OrderId committed = both(other);
      OrderId fresh = shop.placed(article, 1);
      everything.add(() -> shop.sweep());
      everything.add(() -> release(released));
      everything.add(() -> commit(committed));
      everything.add(() -> reserveBoth(fresh, other));
    }
    assertThat(AtOnce.run(everything)).allMatch(result -> result.failure() == null);
    shop.sweep();
    assertThat(stock()).isEqualTo(level(992, 8));
    assertThat(
            database.number(
                "select sum(quantity) from reservation where state = 'RESERVED' and article = '"
                    + other
                    + "'"))
        .isEqualTo(8);
  }

  private OrderId both(String other) {
    OrderId order = shop.placed(article, 1);
    reserveBoth(order, other);
    return order;
  }

  private Outcome reserveBoth(OrderId order, String other) {
    return shop.inventory()
        .reserve(
            new Reservation(
                key(order, Step.RESERVE), List.of(new Line(1, other, 1), new Line(2, article, 1))));
  }

  @Test
  void noReservationOnceTheOrderIsTakenBack() {
    OrderId order = shop.placed(article, 1);
    shop.beginUndo(order, OrderStatus.CANCELLED);
    assertThatThrownBy(() -> shop.inventory().reserve(reservation(order, article, 1)))
        .hasMessageContaining("FENCED");
    assertThatThrownBy(() -> commit(order)).hasMessageContaining("FENCED");
    assertThat(stock()).isEqualTo(level(10, 0));
  }

  @Test
  void theDatabaseItselfRefusesWhatMustNeverBe() {
    OrderId order = shop.reserved(article, 4);
    String mine = " where article = '" + article + "'";
    refused("update stock set on_hand = 3" + mine);
    refused("update stock set reserved = 11" + mine);
    refused("update stock set reserved = -1" + mine);
    refused(
        "insert into reservation (order_id, line, article, quantity, expires_at) values ('%s', 1,"
                .formatted(order)
            + " '%s', 1, now())".formatted(article));
  }

  private static void refused(String sql) {
    assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(JdbiException.class);
  }

  @Test
  void stockIsCountedAndAddedButNeverBelowWhatIsPromised() {
    StockStore stock = shop.get(StockStore.class);
    shop.reserved(article, 4);
    assertThat(stock.set(article, 4)).isEqualTo(level(4, 4));
    assertThatThrownBy(() -> stock.set(article, 3)).hasMessageContaining("reserved for orders");
    assertThat(stock.add(article, 6)).isEqualTo(level(10, 4));
    assertThat(stock.add(article, -6).available()).isZero();
    assertThatThrownBy(() -> stock.add(article, -1)).hasMessageContaining("reserved for orders");
    assertThat(stock.add(article + "-new", 2).onHand()).isEqualTo(2);
    assertThat(stock.list()).contains(level(4, 4));
  }
}
