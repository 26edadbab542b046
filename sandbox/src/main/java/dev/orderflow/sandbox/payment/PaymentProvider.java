package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.callback.Callbacks;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.payment.Ledger.Mandate;
import dev.orderflow.sandbox.payment.Ledger.Subject;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import dev.orderflow.sandbox.payment.Reply.NoAnswer;
import dev.orderflow.sandbox.payment.Reply.Telling;
import dev.orderflow.sandbox.payment.Rule.Fault;
import dev.orderflow.sandbox.payment.Rule.Moment;
import dev.orderflow.sandbox.payment.Rule.Told;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A payment provider that keeps its promises about money and keys exactly, and answers as badly as
 * a token asks. A fault without effect comes before the key is taken, so that a retry with the same
 * key works; an effect and its key are one line of the journal.
 *
 * <p>Safe for use by many threads; a slow or hanging request holds no thread and no lock.
 */
public final class PaymentProvider implements AutoCloseable {

  /** Where its pages for customers are, which want no key. */
  public static final String PAGES = PaymentPage.PATH;

  private final Clock clock;
  private final Journal journal;
  private final Ledger ledger;
  private final IdempotencyKeys keys = new IdempotencyKeys();
  private final Faults faults;
  private final Duration longestSilence;
  private final PaymentPage page;
  private final Customers customers;
  private final Bank bank;
  private final ExecutorService late =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "payment-late");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param file the journal; what it holds is what the provider has done
   * @param callbacks by which the merchant is told
   * @param longestSilence after which a hanging request's connection is closed
   */
  public PaymentProvider(Path file, Callbacks callbacks, Clock clock, Duration longestSilence) {
    this.clock = clock;
    this.journal = Journal.open(file);
    this.ledger = new Ledger(journal, clock);
    this.faults = new Faults(clock);
    this.longestSilence = longestSilence;
    this.page = new PaymentPage(clock);
    this.bank = new Bank(ledger, callbacks, clock, late);
    this.customers = new Customers(ledger, keys, bank, callbacks, clock, late);
    ledger.effects().forEach(keys::restore);
    ledger.effects().stream()
        .map(effect -> effect.object().id())
        .distinct()
        .flatMap(id -> ledger.object(id).stream())
        .forEach(this::expect);
  }

  /** From now on what the token says may happen to it. */
  private void expect(PaymentObject object) {
    customers.expect(object);
    bank.expect(object);
  }

  /** Never fails, and completes exceptionally only for a bug or a broken disk. */
  CompletableFuture<Reply> answer(Instruction instruction, Mandate mandate) {
    try {
      Optional<PaymentObject> earlier =
          keys.outcome(mandate.idempotencyKey(), mandate.fingerprint());
      Subject subject = subject(instruction, mandate);
      if (faults.unreachable(subject)) {
        return now(new NoAnswer());
      }
      if (earlier.isPresent()) {
        return told(subject, earlier.get(), Telling.REPLAYED);
      }
      if (faults.strikes(subject, Fault.HANG_BEFORE)) {
        return after(longestSilence, NoAnswer::new);
      }
      if (faults.strikes(subject, Fault.ERROR_BEFORE)) {
        return now(Reply.notExecuted());
      }
      return executed(subject, instruction, mandate);
    } catch (RequestRefused e) {
      return now(e.reply());
    }
  }

  /**
   * @throws RequestRefused 404, 409
   */
  PaymentObject recorded(String idempotencyKey) {
    return keys.recorded(idempotencyKey);
  }

  /**
   * Closes what waits for a customer under the key; what does not wait stays as it is.
   *
   * @throws RequestRefused 404, 409
   */
  PaymentObject close(String idempotencyKey) {
    customers.close(keys.recorded(idempotencyKey).id());
    return keys.recorded(idempotencyKey);
  }

  /** The first that a caller without keys made under this metadata. */
  PaymentObject recorded(String merchantReference, String metadata) {
    return ledger.effects(merchantReference).stream()
        .map(Effect::object)
        .filter(object -> metadata.equals(object.metadata()))
        .findFirst()
        .flatMap(object -> ledger.object(object.id()))
        .orElseThrow(() -> RequestRefused.notFound("Nothing is recorded under this metadata."));
  }

  void customerPays(String id) {
    customers.pays(id);
  }

  /**
   * A human books money that came for a payment.
   *
   * @throws RequestRefused 404
   */
  PaymentObject bookByHand(Instruction.Receipt receipt) {
    object(receipt.payment())
        .filter(object -> object.parent() == null)
        .orElseThrow(() -> RequestRefused.notFound("There is no payment with this id."));
    customers.bookByHand(receipt);
    return object(receipt.payment()).orElseThrow();
  }

  /**
   * A bank's verdict on a dispute; the first one stands.
   *
   * @throws RequestRefused 404
   */
  PaymentObject decide(String dispute, Status verdict) {
    object(dispute)
        .filter(object -> object.object() == Operation.DISPUTE)
        .orElseThrow(() -> RequestRefused.notFound("There is no dispute with this id."));
    bank.decide(dispute, Origin.DASHBOARD, verdict);
    return object(dispute).orElseThrow();
  }

  /** What was done to the payment that the object belongs to, and not declined; oldest first. */
  List<PaymentObject> done(String id) {
    return ledger.done(id);
  }

  /** Where customers find its pages. */
  public void servedAt(URI address) {
    page.servedAt(address);
  }

  PaymentPage page() {
    return page;
  }

  Optional<PaymentObject> object(String id) {
    return ledger.object(id);
  }

  List<Effect> effects(Optional<String> merchantReference) {
    return merchantReference.map(ledger::effects).orElseGet(ledger::effects);
  }

  /**
   * What moved money on a day, in UTC, as CSV; of today, what has moved so far.
   *
   * @throws RequestRefused 404 for a day that has not begun
   */
  String settlements(LocalDate date) {
    if (date.isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
      throw RequestRefused.notFound("That day has not begun.");
    }
    return Settlements.csv(
        date,
        ledger.effects().stream()
            .map(effect -> effect.object().id())
            .distinct()
            .flatMap(id -> ledger.object(id).stream()));
  }

  /** What hangs is never answered; what is slow and not yet done is not done. */
  @Override
  public void close() {
    late.shutdownNow();
    journal.close();
  }

  private Subject subject(Instruction instruction, Mandate mandate) {
    Subject subject = ledger.subject(instruction);
    return mandate.origin() == Origin.API
        ? subject
        : new Subject(subject.merchantReference(), subject.operation(), Behaviour.FLAWLESS);
  }

  private CompletableFuture<Reply> executed(
      Subject subject, Instruction instruction, Mandate mandate) {
    String key = mandate.idempotencyKey();
    Optional<PaymentObject> faster = keys.claim(key, mandate.fingerprint());
    if (faster.isPresent()) {
      return told(subject, faster.get(), Telling.REPLAYED);
    }
    return after(
            subject.behaviour().wait(subject.operation(), Moment.BEFORE),
            () -> {
              try {
                PaymentObject outcome = ledger.record(instruction, mandate);
                keys.settle(key, outcome);
                if (mandate.origin() == Origin.DASHBOARD) {
                  customers.tell(outcome, Told.ONCE);
                }
                expect(outcome);
                return outcome;
              } catch (RuntimeException e) {
                keys.release(key);
                throw e;
              }
            })
        .thenCompose(outcome -> told(subject, outcome, Telling.FIRST));
  }

  /** The outcome is recorded; what is left is to say so. */
  private CompletableFuture<Reply> told(Subject subject, PaymentObject outcome, Telling telling) {
    if (faults.strikes(subject, Fault.ERROR_AFTER)) {
      return now(Reply.unclear());
    }
    if (faults.strikes(subject, Fault.HANG_AFTER)) {
      return after(longestSilence, NoAnswer::new);
    }
    Duration wait =
        telling == Telling.FIRST
            ? subject.behaviour().wait(subject.operation(), Moment.AFTER)
            : Duration.ZERO;
    return after(wait, () -> new Reply.Answer(outcome.httpStatus(), page.json(outcome), telling));
  }

  private static CompletableFuture<Reply> now(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private <T> CompletableFuture<T> after(Duration wait, Supplier<T> step) {
    Executor executor =
        wait.isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, late);
    return CompletableFuture.supplyAsync(step, executor);
  }
}
