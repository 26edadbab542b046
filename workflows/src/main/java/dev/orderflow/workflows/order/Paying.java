package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps.Quick;
import io.temporal.workflow.Workflow;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The charge or authorization of one order, attempt by attempt. Each attempt has a key of its own,
 * and the next one begins only after the former was declined, or closed, which fences it.
 *
 * <p>What the history forgets, the ledger knows: a run that begins again makes the first attempt
 * with the same key, hears that it was declined or closed, and then asks about the next key before
 * it goes on. An attempt that a forgotten {@code pay} update made is so taken up without its token,
 * by its key; where that update is delivered again, it finds its own attempt, or closes another's
 * and takes the next key. Only the deadline begins anew when an order is recovered.
 */
final class Paying {

  /** Of the version since which it is asked whose attempt stands in a choice's way. */
  private static final String WHOSE = "whose-forgotten-attempt";

  /** Of the version since which a choice's channel is looked at before the former is closed. */
  private static final String LOOK_FIRST = "look-at-the-channel-first";

  private static final Reason NOT_TAKEN =
      new Reason("NOT_AVAILABLE", "the channel does not take the payment; choose another");

  private final PaymentSteps provider;
  private final OrderState state;
  private final TakingBack takingBack;
  private final PaymentNews news;
  private OrderPlan plan;
  private StepKey key;
  private String channel;
  private int notTaken;

  Paying(PaymentSteps provider, OrderState state, TakingBack takingBack, PaymentNews news) {
    this.provider = provider;
    this.state = state;
    this.takingBack = takingBack;
    this.news = news;
  }

  /**
   * Pays an order.
   *
   * @param first the key of the first attempt, which says whether it is a charge
   * @return the key of the attempt that succeeded
   * @throws TakingBack.Begun when it was declined, not paid in time, or the order is cancelled
   */
  StepKey pay(OrderPlan accepted, StepKey first, String token) {
    plan = accepted;
    key = first;
    PaymentAnswer answer =
        plan.payment()
            .waiting()
            .map(terms -> waited(terms, token))
            .orElseGet(() -> unawaited(firstAttempt(token)));
    state.settled(key, answer.outcome());
    if (answer.outcome().isDeclined()) {
      throw declined(answer.outcome().reason().orElseThrow());
    }
    news.paid(key.n() == 1);
    return key;
  }

  /** Nothing says how long a customer is waited for: what needs one is closed. */
  private PaymentAnswer unawaited(PaymentAnswer answer) {
    return isPending(answer) ? closed() : answer;
  }

  private TakingBack.Begun declined(Reason reason) {
    return takingBack.begin(OrderStatus.DECLINED, reason);
  }

  /** The channels in their order; the next one only where the former certainly did nothing. */
  private PaymentAnswer firstAttempt(String token) {
    Iterator<String> channels = plan.payment().channels().iterator();
    try {
      while (true) {
        channel = channels.next();
        Payment payment = payment(token);
        if (!channels.hasNext()) {
          return attempt(() -> provider.run(payment));
        }
        Optional<PaymentAnswer> answer = unlessNotTaken(payment);
        if (answer.isPresent()) {
          return answer.get();
        }
        passOn(Outcome.declined(NOT_TAKEN));
      }
    } catch (PaymentSteps.KeyTaken e) {
      return asAsked(attempt(() -> provider.query(key)));
    }
  }

  /** An attempt that the ledger knows better: also which channel it was made by. */
  private PaymentAnswer asAsked(PaymentAnswer answer) {
    answer.channel().ifPresent(this::by);
    return answer;
  }

  private void by(String name) {
    channel = name;
    state.paysBy(name);
  }

  /** Empty where the channel certainly did nothing, and never will under this key. */
  private Optional<PaymentAnswer> unlessNotTaken(Payment payment) {
    Quick<PaymentAnswer> quick = attempt(() -> provider.quickly(payment));
    if (quick.answer().isPresent()) {
      return quick.answer().filter(answer -> !isFenced(answer));
    }
    if (!quick.isNotExecuted()) {
      Optional<PaymentAnswer> answer = attempt(() -> provider.climb(payment));
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.of(closed()).filter(answer -> !answer.outcome().isDeclined());
  }

  /** Closed before it was ever sent, perhaps in a run that is forgotten. */
  private static boolean isFenced(PaymentAnswer answer) {
    return answer.outcome().isDeclinedAs(Reason.FENCED);
  }

  private void passOn(Outcome former) {
    leave(former);
    notTaken++;
    key = key.next();
  }

  private PaymentAnswer closed() {
    return PaymentAnswer.of(attempt(() -> provider.close(key)));
  }

  /** An attempt is over. What came instead of its amount is looked into once the order stands. */
  private void leave(Outcome former) {
    state.settled(key, former);
    if (former.isDeclinedAs(Reason.AMOUNT_DIFFERS)) {
      news.keepInMind();
    }
  }

  /** The last attempt that the ledger knows, where the one at hand is over. */
  private PaymentAnswer latest(PaymentAnswer answer) {
    PaymentAnswer last = answer;
    while (last.outcome().isDeclined()) {
      StepKey further = key.next();
      PaymentAnswer next = attempt(() -> provider.query(further));
      if (next.outcome().state() == Outcome.State.NOT_EXECUTED) {
        return last;
      }
      leave(last.outcome());
      notTaken += isFenced(last) ? 1 : 0;
      key = further;
      last = asAsked(next);
    }
    return last;
  }

  private PaymentAnswer waited(PaymentWait terms, String token) {
    CustomerWait customer = new CustomerWait(terms, news, takingBack, provider::newStretch);
    PaymentAnswer answer = latest(firstAttempt(token));
    while (isPending(answer) || (answer.outcome().isDeclined() && attemptsLeft(terms) > 0)) {
      news.left(attemptsLeft(terms));
      state.awaitsPayment(answer, customer.end());
      CustomerWait.Next next = isPending(answer) ? customer.forPayment() : customer.forChoice();
      answer =
          switch (next) {
            case HEED_CANCELLATION -> heedCancellation(answer);
            case TRY_CHOICE -> tryChoice(customer, answer);
            case ASK -> latest(asked(answer));
            case CLOSE -> expired(terms, latest(answer));
          };
    }
    state.goesOn(OrderStatus.PLACED);
    return answer;
  }

  private int attemptsLeft(PaymentWait terms) {
    return Math.max(0, terms.attempts() - (key.n() - notTaken));
  }

  private PaymentAnswer heedCancellation(PaymentAnswer answer) {
    takingBack.heedCancellation();
    return answer;
  }

  /** No durable attempts: the ladder of the wait asks again. */
  private PaymentAnswer asked(PaymentAnswer before) {
    if (!isPending(before)) {
      return before;
    }
    PaymentAnswer now = attempt(() -> provider.queryQuickly(key)).answer().orElse(before);
    return now.outcome().state() == Outcome.State.NOT_EXECUTED
        ? PaymentAnswer.of(Outcome.declined(now.outcome().reason().orElse(NOT_TAKEN)))
        : now;
  }

  /**
   * The former attempt is closed first: if it was paid before that, the choice is not needed. It
   * stays open where the choice can't be tried.
   */
  private PaymentAnswer tryChoice(CustomerWait customer, PaymentAnswer before) {
    PaymentChoice choice = news.take();
    state.goesOn(OrderStatus.PLACED);
    customer.restartLadder();
    Optional<Reason> objection = objection(choice.channel().orElse(channel));
    if (objection.isPresent()) {
      news.refuse(objection.get());
      return before;
    }
    PaymentAnswer former = closed();
    while (former.outcome().isDeclined()) {
      leave(former.outcome());
      key = key.next();
      channel = choice.channel().orElse(channel);
      try {
        Optional<PaymentAnswer> answer = unlessNotTaken(payment(choice.token()));
        notTaken += answer.isPresent() ? 0 : 1;
        return answer.orElse(PaymentAnswer.of(Outcome.declined(NOT_TAKEN)));
      } catch (PaymentSteps.KeyTaken e) {
        former = closedOfAnother();
      }
    }
    return former;
  }

  private Optional<Reason> objection(String chosen) {
    return Workflow.getVersion(LOOK_FIRST, Workflow.DEFAULT_VERSION, 1) == 1
        ? attempt(() -> provider.objection(chosen))
        : Optional.empty();
  }

  /** An attempt that the history has forgotten: only the ledger knows whose it is. */
  private PaymentAnswer closedOfAnother() {
    if (Workflow.getVersion(WHOSE, Workflow.DEFAULT_VERSION, 1) == 1) {
      asAsked(attempt(() -> provider.query(key)));
    }
    return closed();
  }

  /** Closed at the provider before anything is undone: it may have been paid at the last moment. */
  private PaymentAnswer expired(PaymentWait terms, PaymentAnswer last) {
    PaymentAnswer end = isPending(last) ? closed() : last;
    if (end.outcome().isDeclined()) {
      state.settled(key, end.outcome());
      throw declined(new Reason("PAYMENT_EXPIRED", "not paid within " + terms.deadline()));
    }
    return end;
  }

  private static boolean isPending(PaymentAnswer answer) {
    return answer.outcome().state() == Outcome.State.PENDING;
  }

  private <R> R attempt(Supplier<R> effect) {
    return takingBack.attempt(effect);
  }

  private Payment payment(String token) {
    by(channel);
    return new Payment(key, channel, token, plan.total());
  }
}
