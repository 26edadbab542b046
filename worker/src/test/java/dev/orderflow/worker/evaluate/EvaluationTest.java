package dev.orderflow.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.worker.evaluate.Evaluation.Leftover;
import dev.orderflow.worker.evaluate.Evaluation.Plan;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a channel answers, what was paid is given back, or named. */
@Timeout(60)
class EvaluationTest {

  private static final Money AMOUNT = Money.parse("EUR 1.00");
  private static final Plan TWENTY = new Plan("approve", AMOUNT, 20, 20, Duration.ofSeconds(1));
  private static final Answer NO_ANSWER = Answer.unknown(new Reason("NO_ANSWER", "Nothing."));

  /** Keeps books, and answers as told. */
  private static final class Provider implements PaymentChannel {
    final Map<String, ProviderTransaction> charged = new ConcurrentHashMap<>();
    final Set<String> refunded = ConcurrentHashMap.newKeySet();
    final AtomicInteger doubles = new AtomicInteger();
    volatile Supplier<Optional<Answer>> toCharge = Optional::empty;
    volatile CallLimits limits = new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 4);
    volatile Supplier<Optional<Answer>> toRefund = Optional::empty;

    @Override
    public String name() {
      return "books";
    }

    @Override
    public Abilities abilities() {
      return new Abilities(
          Optional.of(Duration.ofDays(1)),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Abilities.Steps.CHARGE_ONLY,
          Abilities.Fence.NONE,
          Abilities.Customer.ABSENT);
    }

    @Override
    public CallLimits limits() {
      return limits;
    }

    @Override
    public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
      ProviderTransaction charge =
          new ProviderTransaction(
              Kind.CHARGE,
              "ch_" + key.order(),
              purchase.amount(),
              purchase.merchantReference(),
              Optional.empty());
      charged.put(key.toString(), charge);
      return toCharge.get().orElseGet(() -> Answer.succeeded(charge));
    }

    @Override
    public Answer refund(
        StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
      Optional<Answer> told = toRefund.get();
      if (told.isPresent()) {
        return told.get();
      }
      if (!refunded.add(payment.reference())) {
        doubles.incrementAndGet();
      }
      return Answer.succeeded(
          new ProviderTransaction(
              Kind.REFUND,
              "re_" + key.order(),
              amount,
              payment.merchantReference(),
              Optional.of(payment.reference())));
    }

    @Override
    public Answer find(StepKey key, CallBudget budget) {
      return Optional.ofNullable(charged.get(key.toString()))
          .map(Answer::succeeded)
          .orElseGet(() -> Answer.notExecuted(new Reason("not_found", "Nothing here.")));
    }

    @Override
    public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer voidAuthorization(
        StepKey key, ProviderTransaction authorization, CallBudget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer fetch(String reference, CallBudget budget) {
      throw new UnsupportedOperationException();
    }
  }

  private final Provider provider = new Provider();

  private List<Leftover> run(Duration settleTime) throws InterruptedException {
    try (Evaluation evaluation = new Evaluation(provider, TWENTY)) {
      evaluation.drive(() -> {}, step -> {});
      return evaluation.giveBack(settleTime);
    }
  }

  @Test
  void whatIsPaidIsGivenBack() throws InterruptedException {
    assertThat(run(Duration.ofSeconds(5))).isEmpty();

    assertThat(provider.charged).hasSize(20);
    assertThat(provider.refunded).hasSize(20);
  }

  @Test
  void aPaymentWhoseAnswerWasLostIsFoundAndGivenBack() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    provider.toCharge =
        () -> calls.incrementAndGet() % 2 == 0 ? Optional.of(NO_ANSWER) : Optional.empty();

    assertThat(run(Duration.ofSeconds(5))).isEmpty();

    assertThat(provider.refunded).hasSize(20);
    assertThat(provider.doubles).hasValue(0);
  }

  @Test
  void aRefundThatIsRefusedAtFirstIsTriedAgain() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    provider.toRefund =
        () ->
            calls.incrementAndGet() <= 10
                ? Optional.of(Answer.notExecuted(new Reason("CHANNEL_BUSY", "Later.")))
                : Optional.empty();

    assertThat(run(Duration.ofSeconds(10))).isEmpty();

    assertThat(provider.refunded).hasSize(20);
  }

  @Test
  void whatCannotBeGivenBackIsNamedByItsReference() throws InterruptedException {
    provider.toRefund = () -> Optional.of(Answer.declined(new Reason("too_late", "Too late.")));

    List<Leftover> left = run(Duration.ofMillis(10));

    assertThat(left)
        .hasSize(20)
        .allSatisfy(
            each -> {
              assertThat(each.reference()).isEqualTo("ch_" + each.order());
              assertThat(each.reason()).isEqualTo("too_late: Too late.");
            });
  }

  @Test
  void aPaymentWhoseChannelThrewIsFoundAndGivenBack() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    provider.toCharge =
        () -> {
          if (calls.incrementAndGet() % 2 == 0) {
            throw new IllegalStateException("a fault of the channel");
          }
          return Optional.empty();
        };

    assertThat(run(Duration.ofSeconds(5))).isEmpty();

    assertThat(provider.refunded).hasSize(20);
  }

  @Test
  void aCallThatDoesNotReturnInTimeIsNoPaymentForgotten() throws Exception {
    provider.limits = new CallLimits(Duration.ofMillis(100), Duration.ofMillis(100), 4);
    CountDownLatch answers = new CountDownLatch(1);
    CountDownLatch charged = new CountDownLatch(1);
    provider.toCharge =
        () -> {
          charged.countDown();
          uninterruptibly(answers);
          return Optional.empty();
        };
    Plan one = new Plan("approve", AMOUNT, 1, 1, Duration.ofSeconds(1));
    try (Evaluation evaluation = new Evaluation(provider, one)) {
      Thread driver = new Thread(() -> driveUntilInterrupted(evaluation));
      driver.start();
      charged.await();
      driver.interrupt();
      driver.join();

      assertThat(evaluation.giveBack(Duration.ofSeconds(5))).isEmpty();

      assertThat(provider.refunded).hasSize(1);
    } finally {
      answers.countDown();
    }
  }

  private static void driveUntilInterrupted(Evaluation evaluation) {
    try {
      evaluation.drive(() -> {}, step -> {});
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }

  private static void uninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        // A channel that does not heed it.
      }
    }
  }

  @Test
  void whatFindsNoRoomToWaitIsCountedAsNotBegun() throws InterruptedException {
    provider.toCharge =
        () -> {
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
          return Optional.empty();
        };
    provider.limits = new CallLimits(Duration.ofMillis(500), Duration.ofMillis(500), 4);
    Plan flood = new Plan("approve", AMOUNT, 12_000, 12_000, Duration.ofSeconds(1));
    try (Evaluation evaluation = new Evaluation(provider, flood)) {
      StepReport step = evaluation.drive(() -> {}, each -> {}).get(0);

      assertThat(step.payments() + step.notBegun()).isEqualTo(12_000);
      assertThat(step.isSaturated()).isTrue();
    }
  }

  private static StepReport report(double offered, double achieved, double wait, double call) {
    return new StepReport(
        offered,
        achieved,
        100,
        0,
        100,
        0,
        wait + call,
        wait + call,
        wait + call,
        wait,
        call,
        Map.of());
  }

  @Test
  void whoWasTheLimitIsToldByWhereTheTimeWent() {
    StepReport first = report(1, 1, 0, 100);

    assertThat(Limit.of(first, report(10, 10, 1, 110))).isEqualTo(Limit.NONE);
    assertThat(Limit.of(first, report(100, 40, 3_000, 110))).isEqualTo(Limit.OUR_POOL);
    assertThat(Limit.of(first, report(100, 40, 3_000, 900))).isEqualTo(Limit.PROVIDER);
    StepReport refused =
        new StepReport(100, 100, 100, 0, 60, 0, 1, 1, 1, 0, 1, Map.of("channel_busy", 40L));
    assertThat(Limit.of(first, refused)).isEqualTo(Limit.OUR_RATE_LIMIT);
    StepReport silent =
        new StepReport(100, 100, 100, 0, 60, 0, 1, 1, 1, 0, 1, Map.of("channel_open", 40L));
    assertThat(Limit.of(first, silent)).isEqualTo(Limit.PROVIDER);
  }
}
