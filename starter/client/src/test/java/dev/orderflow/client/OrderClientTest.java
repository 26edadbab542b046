package dev.orderflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.client.document.OrderReader;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payload.Payloads;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderClientTest {

  private static final Duration A_MOMENT = Duration.ofMillis(200);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Decision CHANGED_MIND =
      new Decision("c-42", Decision.Role.CUSTOMER, "changed my mind");

  private final PuttingOff puttingOff = new PuttingOff();
  private TestWorkflowEnvironment temporal;
  private OrderClient orders;

  @BeforeEach
  void start() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setGrpcClientInterceptors(List.of(puttingOff))
                        .build())
                .registerSearchAttribute("OrderStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("CustomerId", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    "PaymentChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build())
                .build());
    temporal
        .newWorker(OrderAttributes.TASK_QUEUE)
        .registerWorkflowImplementationTypes(
            FakeOrder.class, FakeAftercare.class, FakeRecall.class);
    temporal.start();
    orders = OrderClient.over(temporal.getWorkflowClient());
  }

  @AfterEach
  void stop() {
    orders.close();
    temporal.close();
  }

  @Test
  void aPlacedOrderIsCarriedToItsEnding() {
    Placed placed = orders.place(order("a-1", "mug"));

    assertThat(placed.novelty()).isEqualTo(Placed.Novelty.NEW);
    assertThat(placed.orderId()).isEqualTo(OrderId.ofKey("a-1"));
    assertThat(orders.result(placed.orderId(), SOON).status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void whatTheCustomerHasToDoIsToldUntilTheProviderIsAsked() {
    OrderId id = orders.place(order("a-1", "pay")).orderId();
    List<OrderView> told = new ArrayList<>();

    OrderView ended =
        orders.result(
            id,
            SOON,
            order -> {
              told.add(order);
              orders.paymentReported(id);
            });

    assertThat(ended.status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(told).hasSize(1);
    assertThat(told.get(0).nextAction()).isPresent();
  }

  @Test
  void aReportAboutAnOrderThatHasEndedIsForItsAftercare() {
    OrderId id = orders.place(order("a-1", "mug")).orderId();
    orders.result(id, SOON);

    orders.paymentReported(id);
    orders.paymentReported(id);

    temporal.getWorkflowClient().newUntypedWorkflowStub(id.aftercare()).getResult(OrderView.class);
    assertThat(orders.show(id).status()).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void anotherWayToPayIsTriedAsLongAsTheOrderAwaitsIt() {
    OrderId id = orders.place(order("a-1", "pay")).orderId();
    PaymentChoice choice = new PaymentChoice(Optional.empty(), "tok_other");

    assertThat(orders.pay(id, choice, SOON).status()).isEqualTo(OrderStatus.COMPLETED);

    assertThatThrownBy(() -> orders.pay(id, choice, SOON))
        .isInstanceOf(NotPossibleException.class)
        .hasMessageContaining("it does not wait for a payment; it is COMPLETED");
    PaymentChoice card = new PaymentChoice(Optional.empty(), "4111 1111 1111 1111");
    assertThatThrownBy(() -> orders.pay(id, card, SOON)).isInstanceOf(InvalidOrderException.class);
  }

  @Test
  void theWebUiSeesWhatWasBoughtAndNothingPersonal() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();

    WorkflowExecutionDescription seen =
        temporal.getWorkflowClient().newUntypedWorkflowStub(id.value()).describe();
    assertThat(seen.getStaticSummary()).isEqualTo("1 line, EUR");
    assertThat(seen.getStaticDetails()).contains("- 2 × `wait` at 9.90 each").doesNotContain("Ada");
    assertThat(seen.getTypedSearchAttributes().get(OrderAttributes.STATUS)).isEqualTo("PLACED");
    assertThat(seen.getTypedSearchAttributes().get(OrderAttributes.CUSTOMER)).isEqualTo("c-42");
  }

  @Test
  void theSameDocumentUnderTheSameKeyIsTheSameOrder() {
    orders.place(order("a-1", "mug"));
    orders.result(OrderId.ofKey("a-1"), SOON);

    assertThat(orders.place(order("a-1", "mug")))
        .isEqualTo(new Placed(OrderId.ofKey("a-1"), Placed.Novelty.EXISTING));
  }

  @Test
  void anotherDocumentUnderTheSameKeyIsRefusedNamingKeyAndOrder() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();

    assertThatThrownBy(() -> orders.place(order("a-1", "mug")))
        .isInstanceOf(OrderKeyConflictException.class)
        .hasMessage(
            "key: 'a-1' was used for another document, which is order "
                + id
                + "; give a new order a new key, or send the same document again");
  }

  @Test
  void aRunThatTheLedgerRefusedDoesNotOccupyTheKey() {
    OrderId id = orders.place(order("a-1", "reused")).orderId();
    assertThatThrownBy(() -> orders.result(id, SOON))
        .isInstanceOf(OrderKeyConflictException.class)
        .hasMessageContaining(id.value());
    assertThatThrownBy(() -> orders.place(order("a-1", "reused")))
        .as("the same once more")
        .isInstanceOf(OrderKeyConflictException.class);

    assertThat(orders.place(order("a-1", "mug")).novelty()).isEqualTo(Placed.Novelty.NEW);
    assertThat(orders.result(id, SOON).status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void anInvalidDocumentIsNeverSent() {
    OrderDocument good = order("a-1", "mug");
    OrderDocument bad =
        new OrderDocument(
            "a-1",
            good.customer(),
            good.recipient(),
            good.currency(),
            List.of(),
            null,
            good.payment(),
            null);

    assertThatThrownBy(() -> orders.place(bad)).isInstanceOf(InvalidOrderException.class);
    assertThatThrownBy(() -> orders.show(OrderId.ofKey("a-1")))
        .isInstanceOf(NoSuchOrderException.class);
  }

  @Test
  void theResultIsKnownWhileMailIsStillBeingSent() {
    OrderId id = orders.place(order("a-1", "mail")).orderId();

    assertThat(orders.result(id, SOON).status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void aQuestionThatTheServiceCutsOffDoesNotEndTheWait() {
    OrderId id = orders.place(order("a-1", "mail")).orderId();
    puttingOff.nextQueries(2);

    assertThat(orders.result(id, SOON).status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(puttingOff.queriesLeft()).isZero();
  }

  @Test
  void aShownOrderWhoseQuestionIsCutOffSaysThatItDidNotAnswer() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();
    puttingOff.nextQueries(1);

    assertThatThrownBy(() -> orders.show(id)).isInstanceOf(DeadlineException.class);
  }

  @Test
  void anOrderThatWaitsLongerThanTheDeadlineSaysSo() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();

    assertThatThrownBy(() -> orders.result(id, Duration.ofSeconds(1)))
        .isInstanceOf(DeadlineException.class)
        .hasMessage(
            "order "
                + id
                + " did not answer within 1s; it goes on by itself, or waits for somebody, as its"
                + " status says");
  }

  @Test
  void withoutAWorkerTheMessageNamesTheTaskQueue() {
    try (OrderClient lonely = OrderClient.over(temporal.getWorkflowClient(), "nobody")) {
      OrderId id = lonely.place(order("a-1", "mug")).orderId();

      assertThatThrownBy(() -> lonely.result(id, Duration.ofSeconds(1)))
          .isInstanceOf(OrderflowException.class);
    }
  }

  @Test
  void anOrderOnItsWayIsCancelledByItsOwnWorkflow() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();

    CancelReply reply = orders.cancel(id, CHANGED_MIND, SOON);

    assertThat(reply.verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
    assertThat(orders.result(id, SOON).status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(orders.cancel(id, CHANGED_MIND, SOON).verdict())
        .as("asked again")
        .isEqualTo(CancelReply.Verdict.CANCELLED);
  }

  @Test
  void aCompletedOrderIsRefundedByAftercareAndShownSo() {
    OrderId id = orders.place(order("a-1", "mug")).orderId();
    orders.result(id, SOON);

    CancelReply reply = orders.cancel(id, CHANGED_MIND, SOON);

    assertThat(reply.status()).isEqualTo(OrderStatus.REFUNDED);
    OrderView shown = orders.show(id);
    assertThat(shown.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(shown.steps().stream().map(step -> step.key().step()))
        .containsExactly(Step.COMMIT, Step.CONFIRM, Step.REFUND);
    assertThat(shown.steps()).allMatch(step -> step.outcome().equals(Outcome.succeeded()));
  }

  @Test
  void whatTheOrdersOwnRunKnowsOfItsMoneyIsShownWhileAftercareKnowsNothing() {
    OrderId id = orders.place(order("a-1", "booked")).orderId();
    orders.result(id, SOON);
    assertThat(orders.show(id).balance()).isPresent();

    orders.cancel(id, CHANGED_MIND, SOON);

    assertThat(orders.show(id).balance()).isPresent();
  }

  @Test
  void behindARefundTheChannelIsShownThatTookTheMoney() {
    OrderId told = orders.place(order("a-1", "second")).orderId();
    OrderId notTold = orders.place(order("a-2", "second")).orderId();
    orders.result(told, SOON);
    orders.result(notTold, SOON);

    orders.refund(told, euro(CHANGED_MIND), SOON);
    Decision unknown = new Decision("c-42", Decision.Role.CUSTOMER, "by whom is not known");
    orders.refund(notTold, euro(unknown), SOON);

    assertThat(orders.show(told).balance()).isPresent();
    assertThat(orders.show(told).paidBy()).contains(FakeAftercare.BANK);
    assertThat(orders.show(notTold).balance()).isPresent();
    assertThat(orders.show(notTold).paidBy()).as("as its own run says").contains("bank-asked-last");
  }

  private static RefundRequest euro(Decision decision) {
    return new RefundRequest("r", new RefundRequest.Amount(Money.parse("EUR 1.00")), decision);
  }

  /** As a cancel begins it that overtakes the placing, and then gets no answer. */
  @Test
  void aftercareThatHasTakenNothingBackDoesNotHideHowTheOrderStands() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();
    WorkflowOptions tooEarly =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id.aftercare())
            .setTaskQueue(OrderAttributes.TASK_QUEUE)
            .build();
    temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub("Aftercare", tooEarly)
        .start(new Object[] {id});

    assertThat(orders.show(id).status()).isEqualTo(OrderStatus.PLACED);
    orders.cancel(id, CHANGED_MIND, SOON);
    assertThat(orders.show(id).status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void anOrderThatIsCompletedWhileMailIsSentRefusesAndAftercareTakesIt() {
    OrderId id = orders.place(order("a-1", "mail")).orderId();
    orders.result(id, SOON);

    assertThat(orders.cancel(id, CHANGED_MIND, SOON).status()).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void aCancelThatIsPutOffIsAskedAgain() {
    OrderId id = orders.place(order("cancel-put-off", "wait")).orderId();
    puttingOff.next(2);

    CancelReply reply = orders.cancel(id, CHANGED_MIND, SOON);

    assertThat(reply.verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
    assertThat(puttingOff.left()).isZero();
  }

  @Test
  void aRefundThatIsPutOffIsAskedAgain() {
    OrderId id = orders.place(order("refund-put-off", "mug")).orderId();
    orders.result(id, SOON);
    RefundRequest all =
        new RefundRequest("r-1", new RefundRequest.Amount(Money.parse("EUR 1")), CHANGED_MIND);
    puttingOff.next(2);

    assertThat(orders.refund(id, all, SOON).verdict()).isEqualTo(RefundReply.Verdict.REFUNDED);
    assertThat(puttingOff.left()).isZero();
  }

  @Test
  void moneyIsGivenBackByAftercareAndAnOrderThatEndedOtherwiseHasNone() {
    RefundRequest part =
        new RefundRequest("a", new RefundRequest.Amount(Money.parse("EUR 1")), CHANGED_MIND);
    OrderId id = orders.place(order("refund-part", "mug")).orderId();
    orders.result(id, SOON);

    assertThat(orders.refund(id, part, SOON).verdict()).isEqualTo(RefundReply.Verdict.REFUNDED);

    orders.cancel(id, CHANGED_MIND, SOON);
    RefundReply late = orders.refund(id, part, SOON);
    assertThat(late.verdict()).isEqualTo(RefundReply.Verdict.REFUSED);
    assertThat(late.status()).isEqualTo(OrderStatus.REFUNDED);
    OrderId unknown = new OrderId("ord-0000000000000000000v");
    assertThatThrownBy(() -> orders.refund(unknown, part, SOON))
        .isInstanceOf(NoSuchOrderException.class);
  }

  @Test
  void cancellingAnOrderThatNeverWasSaysSo() {
    OrderId unknown = new OrderId("ord-0000000000000000000v");

    assertThatThrownBy(() -> orders.cancel(unknown, CHANGED_MIND, SOON))
        .isInstanceOf(NoSuchOrderException.class)
        .hasMessageStartingWith("there is no order " + unknown);
    assertThatThrownBy(() -> orders.show(unknown)).isInstanceOf(NoSuchOrderException.class);
  }

  @Test
  void anOrderThatOnlyTheLedgerRemembersIsShownAsItEndedAndNothingIsBegunForIt() {
    OrderId id = FakeRecall.ORDER;
    OrderView shown = orders.show(id);

    assertThat(shown.status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(shown.archived()).contains(FakeRecall.SINCE);
    assertThat(orders.recover(id)).isEqualTo(Recovery.ARCHIVED);
    PaymentChoice choice = new PaymentChoice(Optional.empty(), "tok_other");
    for (ThrowingCallable wish :
        List.<ThrowingCallable>of(
            () -> orders.cancel(id, CHANGED_MIND, SOON),
            () -> orders.refund(id, euro(CHANGED_MIND), SOON),
            () -> orders.review(id, decision(1, Review.Choice.RETRY), SOON),
            () -> orders.pay(id, choice, SOON))) {
      assertThatThrownBy(wish)
          .isInstanceOf(OrderArchivedException.class)
          .hasMessage(
              "order "
                  + id
                  + " ended as COMPLETED on 2024-05-06 and is archived: nothing can be done for it"
                  + " any more");
    }
    for (String run : List.of(id.value(), id.aftercare())) {
      assertThatThrownBy(() -> temporal.getWorkflowClient().newUntypedWorkflowStub(run).describe())
          .isInstanceOf(WorkflowNotFoundException.class);
    }
  }

  @Test
  void whatNobodyCouldLookUpIsNotSaidToBeUnknown() {
    OrderId id = FakeRecall.SILENT;

    assertThatThrownBy(() -> orders.pay(id, new PaymentChoice(Optional.empty(), "tok"), A_MOMENT))
        .isInstanceOf(DeadlineException.class)
        .hasMessageStartingWith("order " + id + " did not answer within 0.2s");
    try (OrderClient lonely = OrderClient.over(temporal.getWorkflowClient(), "nobody")) {
      OrderId unknown = new OrderId("ord-0000000000000000000v");
      assertThatThrownBy(() -> lonely.show(unknown))
          .isInstanceOfAny(NoWorkerException.class, DeadlineException.class);
    }
  }

  @Test
  void anOrderThatWasArchivedUnderAWishSaysSo() {
    OrderId id = orders.place(order("a-1", "mug")).orderId();
    orders.result(id, SOON);
    Decision wish = new Decision("c-42", Decision.Role.CUSTOMER, "archived");

    assertThatThrownBy(() -> orders.cancel(id, wish, SOON))
        .isInstanceOf(OrderArchivedException.class)
        .hasMessage("it is archived");
    assertThatThrownBy(() -> orders.refund(id, euro(wish), SOON))
        .isInstanceOf(OrderArchivedException.class);
    assertThat(orders.show(id).status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void aReviewIsDecidedByWhoeverWaits() {
    OrderId held = orders.place(order("a-1", "review")).orderId();
    OrderId completed = orders.place(order("a-2", "mug")).orderId();
    orders.result(completed, SOON);
    orders.cancel(completed, new Decision("c", Decision.Role.CUSTOMER, "stuck"), SOON);

    assertThat(orders.review(held, decision(7, Review.Choice.APPROVE), SOON).status())
        .isEqualTo(OrderStatus.COMPLETED);
    OrderView refunded = orders.review(completed, decision(9, Review.Choice.RETRY), SOON);
    assertThat(refunded.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(refunded.steps())
        .as("what both runs have done")
        .extracting(step -> step.key().step())
        .containsExactly(Step.COMMIT, Step.CONFIRM, Step.REFUND);
    assertThat(orders.show(completed)).isEqualTo(refunded);
  }

  @Test
  void aDecisionOfAnotherVersionIsNotPossible() {
    OrderId id = orders.place(order("a-1", "review")).orderId();

    assertThatThrownBy(() -> orders.review(id, decision(6, Review.Choice.APPROVE), SOON))
        .isInstanceOf(NotPossibleException.class)
        .hasMessage("order " + id + ": no review of that version");
  }

  @Test
  void anOrderThatHasEndedWaitsForNoDecision() {
    OrderId id = orders.place(order("a-1", "mug")).orderId();
    orders.result(id, SOON);

    assertThatThrownBy(() -> orders.review(id, decision(1, Review.Choice.RETRY), SOON))
        .isInstanceOf(NotPossibleException.class)
        .hasMessageContaining("does not wait for a decision; it is COMPLETED");
  }

  @Test
  void watchingTellsEveryChangeUntilTheEnding() {
    OrderId id = orders.place(order("a-1", "wait")).orderId();
    List<OrderStatus> seen = new ArrayList<>();

    OrderView ended =
        orders.watch(
            id,
            view -> {
              seen.add(view.status());
              if (view.status() == OrderStatus.PLACED) {
                orders.cancel(id, CHANGED_MIND, SOON);
              }
            });

    assertThat(ended.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(seen).containsExactly(OrderStatus.PLACED, OrderStatus.CANCELLED);
  }

  @Test
  void anOrderWhoseWorkflowWasTerminatedIsRecovered() {
    WorkflowClient client = temporal.getWorkflowClient();
    OrderId id = orders.place(order("a-1", "wait")).orderId();
    assertThat(orders.recover(id)).isEqualTo(Recovery.ALREADY_RUNNING);
    client.newUntypedWorkflowStub(id.value()).terminate("by mistake");
    assertThatThrownBy(() -> orders.result(id, SOON))
        .isInstanceOf(NotPossibleException.class)
        .hasMessageContaining("'orderflow recover " + id + "'");

    assertThat(orders.recover(id)).isEqualTo(Recovery.STARTED);

    assertThat(orders.result(id, SOON).status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(orders.place(order("a-1", "wait")).novelty()).isEqualTo(Placed.Novelty.EXISTING);
    assertThatThrownBy(() -> orders.place(order("a-1", "mug")))
        .as("the key is still recognised")
        .isInstanceOf(OrderKeyConflictException.class);
  }

  @Test
  void anEndedOrderIsRecoveredOnlyWhereSomethingIsOwed() {
    OrderId refunded = orders.place(order("r-1", "mug")).orderId();
    orders.result(refunded, SOON);
    orders.cancel(refunded, CHANGED_MIND, SOON);
    WorkflowClient client = temporal.getWorkflowClient();
    client.newUntypedWorkflowStub(refunded.aftercare()).getResult(OrderView.class);
    OrderId owed = orders.place(order("r-2", "owed")).orderId();
    orders.result(owed, SOON);
    OrderId halfTaken = orders.place(order("r-3", "mug")).orderId();
    orders.result(halfTaken, SOON);
    orders.cancel(halfTaken, new Decision("c", Decision.Role.CUSTOMER, "stuck"), SOON);
    client.newUntypedWorkflowStub(halfTaken.aftercare()).terminate("by mistake");

    assertThat(orders.recover(refunded)).isEqualTo(Recovery.NOTHING_TO_RECOVER);
    assertThat(orders.recover(owed)).isEqualTo(Recovery.STARTED);
    assertThat(orders.recover(halfTaken)).isEqualTo(Recovery.STARTED);
  }

  @Test
  void manyOrdersAreTakenOnlyAsFastAsTheyAreHeardOf() {
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger furthest = new AtomicInteger();
    List<String> refused = Collections.synchronizedList(new ArrayList<>());
    var numbers = IntStream.range(0, 40).peek(i -> taken.incrementAndGet()).iterator();

    orders.placeAll(
        numbers,
        i -> i == 13 ? OrderReader.read(new byte[0]) : order("b-" + i, "mug"),
        4,
        new PlaceListener<Integer>() {
          @Override
          public void placed(Integer order, Placed placed) {
            furthest.accumulateAndGet(taken.get() - heard.getAndIncrement(), Math::max);
          }

          @Override
          public void refused(Integer order, RuntimeException why) {
            heard.getAndIncrement();
            refused.add(order + " " + why.getMessage());
          }
        });

    assertThat(heard).hasValue(40);
    assertThat(furthest.get()).isLessThanOrEqualTo(4);
    assertThat(refused).singleElement().asString().startsWith("13 document: is not a JSON object");
  }

  @Test
  void anInterruptStopsTakingOrders() {
    AtomicInteger taken = new AtomicInteger();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller = Thread.currentThread();
    var endless = IntStream.iterate(0, i -> i + 1).peek(i -> taken.incrementAndGet()).iterator();

    assertThatThrownBy(
            () ->
                orders.placeAll(
                    endless,
                    i -> order("c-" + i, "mug"),
                    2,
                    new PlaceListener<Integer>() {
                      @Override
                      public void placed(Integer order, Placed placed) {
                        if (interrupted.compareAndSet(false, true)) {
                          caller.interrupt();
                        }
                      }

                      @Override
                      public void refused(Integer order, RuntimeException why) {
                        throw why;
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(taken.get()).isLessThan(1000);
  }

  @Test
  void aServiceThatIsNotThereIsNamed(@TempDir Path folder) throws IOException {
    try (OrderClient lost = OrderClient.connect(Unreachable.settings(folder))) {
      assertThatThrownBy(() -> lost.show(OrderId.ofKey("a-1")))
          .isInstanceOf(UnreachableException.class)
          .hasMessageStartingWith(
              "the Temporal service at "
                  + Unreachable.ADDRESS
                  + " can't be used: it does not answer; start one with 'orderflow dev'");
    }
  }

  private static ReviewDecision decision(int version, Review.Choice choice) {
    return new ReviewDecision(
        new Decision("op", Decision.Role.OPERATOR, "checked"), version, choice, Optional.empty());
  }

  private static OrderDocument order(String key, String article) {
    Function<String, byte[]> utf8 = text -> text.getBytes(StandardCharsets.UTF_8);
    return OrderReader.read(
        utf8.apply(
            """
            {"key": "%s", "customer": "c-42",
             "recipient": {"name": "Ada Example", "email": "ada@example.com"},
             "currency": "EUR",
             "lines": [{"article": "%s", "quantity": 2, "unitPrice": 9.90}],
             "payment": {"token": "approve"}}
            """
                .formatted(key, article)));
  }
}
