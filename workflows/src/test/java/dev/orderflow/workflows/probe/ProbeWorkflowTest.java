package dev.orderflow.workflows.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.workflows.payload.Payloads;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.activity.Activity;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a probe meets, nothing is left paid, and its result is written down. */
class ProbeWorkflowTest {

  private final Desk desk = new Desk();
  private TestWorkflowEnvironment temporal;

  private static final class Desk implements ProbeActivities {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final Set<ProbeRun> runs = Collections.synchronizedSet(new HashSet<>());
    private volatile List<String> channels = List.of("card");
    private volatile boolean declines;
    private volatile boolean keeps;
    private volatile int dies;
    private final CountDownLatch unstuck = new CountDownLatch(1);
    private final CountDownLatch paying = new CountDownLatch(1);
    private final CountDownLatch mayPay = new CountDownLatch(1);

    @Override
    public List<String> channels() {
      return channels;
    }

    @Override
    public void begin(ProbeRun run) {
      runs.add(run);
    }

    @Override
    public void pay(ProbeRun run) {
      done.add("pay " + run.channel());
      if (run.channel().equals("patient")) {
        paying.countDown();
        await(mayPay);
        // By which it hears that it is cancelled.
        Activity.getExecutionContext().heartbeat(null);
      }
      if (dies-- > 0) {
        throw new IllegalStateException("the worker is gone");
      }
      if (declines) {
        throw failed("card_declined");
      }
    }

    @Override
    public void takeBack(ProbeRun run) {
      done.add("take back " + run.channel());
      if (run.channel().equals("stuck")) {
        await(unstuck);
      }
      if (keeps) {
        throw failed("NOT_REFUNDED");
      }
    }

    @Override
    public void succeeded(ProbeRun run) {
      done.add("succeeded " + run.channel());
    }

    @Override
    public void failed(ProbeRun run, Reason reason) {
      done.add("failed " + run.channel() + " " + reason.code());
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static ApplicationFailure failed(String code) {
      return ApplicationFailure.newNonRetryableFailure(code, FAILED, new Reason(code, "No."));
    }
  }

  @BeforeEach
  void begin() {
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build())
                .build());
    Worker worker = temporal.newWorker("orders");
    worker.registerWorkflowImplementationTypes(ProbeWorkflowImpl.class, ProbeRunWorkflowImpl.class);
    worker.registerActivitiesImplementations(desk);
    temporal.start();
  }

  @AfterEach
  void end() {
    temporal.close();
  }

  /** As the schedule does. */
  private void beginRuns() {
    temporal
        .getWorkflowClient()
        .newWorkflowStub(
            ProbeWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue("orders").setWorkflowId("probe").build())
        .probe();
  }

  private WorkflowStub runOf(String channel) {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(ProbeRunWorkflow.idOf(channel));
  }

  private void probe() {
    beginRuns();
    desk.channels.forEach(channel -> runOf(channel).getResult(Void.class));
  }

  @Test
  void whatIsPaidIsTakenBack() {
    probe();

    assertThat(desk.done).containsExactly("pay card", "take back card", "succeeded card");
  }

  @Test
  void aChannelThatFailsIsWrittenDownWithItsReasonBeforeItIsTakenBack() {
    desk.declines = true;

    probe();

    assertThat(desk.done)
        .containsExactly("pay card", "failed card card_declined", "take back card");
  }

  @Test
  void aChannelThatIsStillTakenBackHoldsUpNoOtherAndIsNotProbedMeanwhile() {
    desk.channels = List.of("stuck", "wallet");

    beginRuns();
    runOf("wallet").getResult(Void.class);
    beginRuns();
    runOf("wallet").getResult(Void.class);
    desk.unstuck.countDown();
    runOf("stuck").getResult(Void.class);

    assertThat(desk.done).filteredOn("pay stuck"::equals).hasSize(1);
    assertThat(desk.done).filteredOn("succeeded wallet"::equals).hasSize(2);
    assertThat(desk.done).endsWith("succeeded stuck");
  }

  @Test
  void whatIsCancelledIsTakenBackNevertheless() throws InterruptedException {
    desk.channels = List.of("patient");
    beginRuns();
    desk.paying.await();

    runOf("patient").cancel();
    await().until(this::isAskedToStop);
    desk.mayPay.countDown();
    assertThatThrownBy(() -> runOf("patient").getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);

    assertThat(desk.done)
        .containsExactly("pay patient", "failed patient CANCELLED", "take back patient");
  }

  /** Whether the payment that is under way will hear of the cancel by its next heartbeat. */
  private boolean isAskedToStop() {
    return temporal
        .getWorkflowClient()
        .fetchHistory(ProbeRunWorkflow.idOf("patient"))
        .getEvents()
        .stream()
        .anyMatch(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes);
  }

  @Test
  void whatCannotBeTakenBackIsAFailure() {
    desk.keeps = true;

    probe();

    assertThat(desk.done).containsExactly("pay card", "take back card", "failed card NOT_REFUNDED");
  }

  @Test
  void aCrashIsRepeatedAsTheSameRun() {
    desk.dies = 2;

    probe();

    assertThat(desk.done)
        .containsExactly("pay card", "pay card", "pay card", "take back card", "succeeded card");
    assertThat(desk.runs).hasSize(1);
  }

  @Test
  void aRunIsOneOrderHoweverOftenItIsBegun() {
    ProbeRun run = new ProbeRun("card", Instant.parse("2026-03-04T05:06:07.89Z"));

    assertThat(run.key()).isEqualTo("probe/card/2026-03-04T05:06:07Z");
    assertThat(run.orderId())
        .isEqualTo(new ProbeRun("card", Instant.parse("2026-03-04T05:06:07Z")).orderId())
        .isNotEqualTo(new ProbeRun("wallet", run.meantAt()).orderId());
  }
}
