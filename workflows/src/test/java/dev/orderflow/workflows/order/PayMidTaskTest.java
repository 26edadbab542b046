package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A report, a choice or a cancel arrives while a local activity of a payment is at work. Where the
 * task would have ended the order, the server drops it, and the story goes on from what the ledger
 * knows. Nobody pays twice, and nothing that was paid is lost.
 */
class PayMidTaskTest {

  private enum Message {
    REPORT {
      @Override
      void send(TestOrder order) {
        order.reported();
      }
    },
    CHOICE {
      @Override
      void send(TestOrder order) {
        order.pay(Wallet.CHANNEL, "tok_mid_task");
      }
    },
    CANCEL {
      @Override
      void send(TestOrder order) {
        order.cancel();
      }
    };

    abstract void send(TestOrder order);
  }

  private enum Moment {
    BEFORE_THE_EFFECT,
    AFTER_THE_EFFECT;

    Trouble at(Gate gate) {
      return this == BEFORE_THE_EFFECT ? Trouble.waitingBefore(gate) : Trouble.waitingAfter(gate);
    }
  }

  @RegisterExtension final Shop shop = new Shop();

  private static Stream<Arguments> during(EnumSet<Call> calls) {
    return calls.stream()
        .flatMap(
            call ->
                Stream.of(Message.values())
                    .flatMap(
                        message ->
                            Stream.of(Moment.values())
                                .map(moment -> Arguments.of(call, message, moment))));
  }

  /** What the message asked for; where it was none, the customer pays what is open then. */
  private void goesOnAfter(Message message, TestOrder order) {
    if (message == Message.CANCEL) {
      order.endsAsOneOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
      return;
    }
    order.awaitOpenPayment();
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }

  static Stream<Arguments> duringTheFirstAttempt() {
    return during(EnumSet.of(Call.ACCEPT, Call.RESERVE, Call.CHARGE));
  }

  @ParameterizedTest
  @MethodSource("duringTheFirstAttempt")
  void theFirstAttemptIsMadeOnce(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("first-" + call + message + moment).awaited())
            .with(call, moment.at(gate));

    order.place();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    goesOnAfter(message, order);
  }

  static Stream<Arguments> duringAQuestion() {
    return during(EnumSet.of(Call.QUERY));
  }

  @ParameterizedTest
  @MethodSource("duringAQuestion")
  void aQuestionIsAskedAgain(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("query-" + message + moment).awaited())
            .with(call, moment.at(gate))
            .place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.reported();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    goesOnAfter(message, order);
  }

  static Stream<Arguments> duringAChoice() {
    return during(EnumSet.of(Call.CLOSE, Call.CHARGE));
  }

  @ParameterizedTest
  @MethodSource("duringAChoice")
  void aChoiceIsTriedOnce(Call call, Message message, Moment moment) {
    TestOrder order =
        shop.order(Basket.rich("choice-" + call + message + moment).awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    Gate gate = new Gate();
    order.with(call, moment.at(gate));

    order.pay(Wallet.CHANNEL, "tok_second");
    gate.awaitArrival();
    message.send(order);
    gate.open();

    goesOnAfter(message, order);
  }

  static Stream<Arguments> onceItIsPaid() {
    return during(EnumSet.of(Call.QUERY, Call.COMMIT, Call.CONFIRM));
  }

  @ParameterizedTest
  @MethodSource("onceItIsPaid")
  void whatIsPaidStaysPaidOrIsRefunded(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("paid-" + call + message + moment).awaited())
            .with(call, moment.at(gate))
            .place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.customerPays().reported();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    if (message == Message.CANCEL) {
      order.endsAsOneOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    } else {
      order.ends(OrderStatus.COMPLETED);
    }
    assertThat(order.droppedTasks()).isPositive();
  }

  static Stream<Arguments> duringTheClosing() {
    return during(EnumSet.of(Call.CLOSE)).filter(args -> args.get()[1] != Message.CHOICE);
  }

  @ParameterizedTest
  @MethodSource("duringTheClosing")
  void whatIsBeingClosedAtTheDeadlineIsTakenBack(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("close-" + message + moment).awaited())
            .with(call, moment.at(gate))
            .place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    CompletableFuture<Void> halfAnHour = order.sleepBeside(Duration.ofMinutes(31));
    gate.awaitArrival();
    message.send(order);
    gate.open();

    halfAnHour.join();
    order.endsAsOneOf(OrderStatus.DECLINED, OrderStatus.CANCELLED);
  }
}
