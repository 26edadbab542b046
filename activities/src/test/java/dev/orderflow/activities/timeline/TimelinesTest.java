package dev.orderflow.activities.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.inject.Injector;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.OrderId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where an order's time went is told from the ledger's rows alone. */
class TimelinesTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final OrderId ORDER = OrderId.ofKey("timeline");

  @BeforeEach
  void nothingWasOrdered() {
    database.execute("truncate operation, sales_order cascade");
  }

  private static Injector injector() {
    return database.injector(new TimelineModule());
  }

  private static Timeline timeline() {
    return injector().getInstance(Timelines.class).of(ORDER).orElseThrow();
  }

  /** An order placed ten minutes ago; instants are seconds from then. */
  private static void order(String status, String completedAt) {
    database.execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
          document, refund_window_seconds, plan, total, placed_at, completed_at)
        values ('%s', 'timeline', repeat('0', 64), 'c-1', '%s', 'EUR', '{}', 0, '{}', 100,
          now() - interval '10 minutes', %s)
        """
            .formatted(ORDER, status, completedAt));
  }

  private static String at(double seconds) {
    return "now() - interval '10 minutes' + interval '" + seconds + " seconds'";
  }

  private static void effect(String step, int n, String state, double from, double to) {
    database.execute(
        """
        insert into operation (key, order_id, step, n, state, fingerprint, created_at, updated_at)
        values ('%s/%s/%d', '%s', '%s', %d, '%s', repeat('0', 64), %s, %s)
        """
            .formatted(
                ORDER, step.toLowerCase(Locale.ROOT), n, ORDER, step, n, state, at(from), at(to)));
  }

  private static void asked(String step, int n, String more) {
    database.execute(
        "update operation set first_sent_at = created_at"
            + more
            + " where key = '%s/%s/%d'".formatted(ORDER, step.toLowerCase(Locale.ROOT), n));
  }

  private static void customerPays(String step, int n) {
    asked(step, n, "");
    database.execute(
        """
        insert into payment (key, order_id, channel, currency, amount_minor, next_action)
        values ('%s/%s/%d', '%s', 'wallet', 'EUR', 100, '{}')
        """
            .formatted(ORDER, step.toLowerCase(Locale.ROOT), n, ORDER));
  }

  private static Map<WaitedFor, Long> seconds(Timeline way) {
    return way.totals().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toSeconds()));
  }

  @Test
  void everySecondOfAnOrderBelongsToSomebody() {
    order("COMPLETED", at(100));
    effect("RESERVE", 1, "SUCCEEDED", 1, 1);
    effect("CHARGE", 1, "DECLINED", 2, 22);
    customerPays("CHARGE", 1);
    effect("CHARGE", 2, "SUCCEEDED", 52, 90);
    asked("CHARGE", 2, ", unknown_at = created_at + interval '3 seconds'");
    effect("COMMIT", 1, "SUCCEEDED", 100, 100);
    effect("CONFIRM", 1, "SUCCEEDED", 101, 103);
    asked("CONFIRM", 1, "");
    effect("REFUND", 1, "SUCCEEDED", 503, 504);
    asked("REFUND", 1, "");

    Timeline way = timeline();

    assertThat(way.stages())
        .extracting(stage -> stage.name() + " " + stage.waitedFor())
        .containsExactly(
            "until reserve/1 US",
            "reserve/1 US",
            "until charge/1 US",
            "charge/1 CUSTOMER",
            "until charge/2 CUSTOMER",
            "charge/2 PROVIDER",
            "charge/2 in doubt PROVIDER",
            "until commit/1 US",
            "commit/1 US",
            "until confirm/1 US",
            "confirm/1 PROVIDER",
            "until refund/1 AT_REST",
            "refund/1 PROVIDER");
    assertThat(seconds(way))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                WaitedFor.US, 13L,
                WaitedFor.CUSTOMER, 50L,
                WaitedFor.PROVIDER, 41L,
                WaitedFor.AT_REST, 400L));
    assertThat(way.totals().values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.between(way.begin(), way.end()));
  }

  @Test
  void whatAnOperatorKeepsWaitingIsTheirsAndLasts() {
    order("IN_REVIEW", "null");
    effect("RESERVE", 1, "SUCCEEDED", 0, 0);
    effect("CHARGE", 1, "UNKNOWN", 0, 20);
    asked("CHARGE", 1, ", unknown_at = created_at + interval '10 seconds'");
    database.execute(
        """
        insert into order_review
          (order_id, version, status, step_key, reason_code, reason_message, opened_at)
        values ('%s', 1, 'IN_REVIEW', '%s/charge/1', 'NO_ANSWER', 'Nothing.', %s)
        """
            .formatted(ORDER, ORDER, at(30)));

    Timeline way = timeline();

    Stage review = way.stages().get(way.stages().size() - 1);
    assertThat(review.name()).isEqualTo("review of charge/1");
    assertThat(review.end()).isEmpty();
    assertThat(way.totals().get(WaitedFor.OPERATOR)).isGreaterThan(Duration.ofMinutes(9));
    assertThat(way.totals().get(WaitedFor.PROVIDER).toSeconds()).isEqualTo(30);
  }

  @Test
  void anOrderThatTheLedgerDoesNotHaveHasNoTimeline() {
    assertThat(injector().getInstance(Timelines.class).of(ORDER)).isEmpty();
  }

  @Test
  void whereOrdersWaitIsSaidByStage() {
    order("AWAITING_PAYMENT", "null");
    effect("RESERVE", 1, "SUCCEEDED", 1, 1);
    effect("CHARGE", 1, "DECLINED", 2, 22);
    customerPays("CHARGE", 1);
    effect("CHARGE", 2, "PENDING", 52, 53);
    customerPays("CHARGE", 2);

    List<StageFigures.Figure> figures =
        injector().getInstance(StageFigures.class).since(Duration.ofHours(1));

    assertThat(figures)
        .filteredOn(figure -> figure.waitedFor() == WaitedFor.CUSTOMER)
        .extracting(
            StageFigures.Figure::name,
            StageFigures.Figure::ended,
            figure -> figure.p50().map(Duration::toSeconds).orElse(0L),
            StageFigures.Figure::waitingNow)
        .containsExactly(tuple("charge", 1L, 20L, 1L), tuple("until charge", 1L, 30L, 0L));
    assertThat(figures.get(0).oldest().orElseThrow()).isGreaterThan(Duration.ofMinutes(9));
    assertThat(injector().getInstance(StageFigures.class).since(Duration.ofMinutes(1)))
        .extracting(StageFigures.Figure::ended, StageFigures.Figure::waitingNow)
        .containsExactly(tuple(0L, 1L));
  }

  @Test
  void whatAnOperatorTookIsNobodyElsesGap() {
    order("COMPLETED", at(60));
    effect("RESERVE", 1, "SUCCEEDED", 0, 0);
    effect("CHARGE", 1, "SUCCEEDED", 10, 20);
    asked("CHARGE", 1, "");
    effect("COMMIT", 1, "SUCCEEDED", 60, 60);
    effect("CONFIRM", 1, "SUCCEEDED", 65, 66);
    asked("CONFIRM", 1, "");
    database.execute(
        """
        insert into order_review
          (order_id, version, status, step_key, reason_code, reason_message, opened_at, decided_at,
           choice)
        values ('%s', 1, 'IN_REVIEW', '%s/charge/1', 'NO_ANSWER', 'Nothing.', %s, %s, 'RETRY')
        """
            .formatted(ORDER, ORDER, at(30), at(50)));

    assertThat(injector().getInstance(StageFigures.class).since(Duration.ofHours(1)))
        .filteredOn(figure -> !figure.p50().equals(Optional.of(Duration.ZERO)))
        .extracting(
            figure -> figure.name() + " " + figure.waitedFor(),
            figure -> figure.p50().orElseThrow().toSeconds())
        .containsExactlyInAnyOrder(
            tuple("review of charge OPERATOR", 20L),
            tuple("until charge US", 10L),
            tuple("charge PROVIDER", 10L),
            tuple("until confirm US", 5L),
            tuple("confirm PROVIDER", 1L));
  }

  @Test
  void aCustomerWhoHasToChooseAgainIsWaitedForNow() {
    order("AWAITING_PAYMENT", "null");
    effect("CHARGE", 1, "DECLINED", 2, 22);
    customerPays("CHARGE", 1);

    assertThat(injector().getInstance(StageFigures.class).since(Duration.ofHours(1)))
        .filteredOn(figure -> figure.waitingNow() == 1)
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.name()).isEqualTo("until charge");
              assertThat(figure.waitedFor()).isEqualTo(WaitedFor.CUSTOMER);
            });
    Stage last = timeline().stages().get(timeline().stages().size() - 1);
    assertThat(last.waitedFor()).isEqualTo(WaitedFor.CUSTOMER);
    assertThat(last.end()).isEmpty();
  }

  @Test
  void onceTheCustomerHasPaidNobodyWaitsForThem() {
    order("AWAITING_PAYMENT", "null");
    effect("CHARGE", 1, "SUCCEEDED", 2, 22);
    customerPays("CHARGE", 1);

    Stage last = timeline().stages().get(timeline().stages().size() - 1);

    assertThat(last.end()).isEmpty();
    assertThat(last.waitedFor()).isEqualTo(WaitedFor.US);
  }
}
