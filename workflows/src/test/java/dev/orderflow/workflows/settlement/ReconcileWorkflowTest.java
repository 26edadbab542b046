package dev.orderflow.workflows.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.payload.Payloads;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileWorkflowTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

  private final Desk desk = new Desk();
  private TestWorkflowEnvironment temporal;

  /** A desk whose reports may come late, and whose worker may die in the middle of one. */
  private static final class Desk implements ReconcileActivities {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private int daysUntilThere;
    private boolean dies;
    private long signalled;

    @Override
    public List<String> channels() {
      return List.of("bank", "wallet");
    }

    @Override
    public synchronized long compare(ReconcileRequest request) {
      Optional<Long> before = Activity.getExecutionContext().getHeartbeatDetails(Long.class);
      done.add(
          "compare " + request.channel() + " " + request.date() + " from " + before.orElse(0L));
      if (daysUntilThere-- > 0) {
        throw ApplicationFailure.newFailure("not yet", NOT_THERE_YET);
      }
      Activity.getExecutionContext().heartbeat(7L);
      if (dies) {
        dies = false;
        throw new IllegalStateException("the worker is gone");
      }
      return 9;
    }

    @Override
    public long signal(ReconcileRequest request) {
      done.add("signal");
      return signalled;
    }

    @Override
    public Reconciliation settle(ReconcileRequest request, long rows) {
      done.add("settle");
      return new Reconciliation(request.channel(), request.date(), rows, 0, 0, 0, 0, 0, 0, 0);
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
    worker.registerWorkflowImplementationTypes(
        ReconcileWorkflowImpl.class, ReconcileDayWorkflowImpl.class);
    worker.registerActivitiesImplementations(desk);
    temporal.start();
  }

  @AfterEach
  void end() {
    temporal.close();
  }

  private Reconciliation reconcile() {
    ReconcileRequest request = ReconcileRequest.of("bank", DAY);
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(ReconcileWorkflow.class, options(request.workflowId()))
        .reconcile(request);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setTaskQueue("orders").setWorkflowId(id).build();
  }

  @Test
  void aReportThatComesLateDelaysTheComparison() {
    desk.daysUntilThere = 3;

    assertThat(reconcile().rows()).isEqualTo(9);

    assertThat(desk.done).hasSize(6).endsWith("compare bank 2026-03-04 from 0", "signal", "settle");
  }

  @Test
  void anAttemptAfterACrashGoesOnWhereTheFormerWasSeen() {
    desk.dies = true;

    assertThat(reconcile().rows()).isEqualTo(9);

    assertThat(desk.done)
        .containsExactly(
            "compare bank 2026-03-04 from 0", "compare bank 2026-03-04 from 7", "signal", "settle");
  }

  @Test
  void theOrdersThatWereToldAreGivenTimeBeforeItIsLookedAgain() {
    desk.signalled = 1;
    Instant before = Instant.ofEpochMilli(temporal.currentTimeMillis());

    reconcile();

    assertThat(Instant.ofEpochMilli(temporal.currentTimeMillis()))
        .isAfterOrEqualTo(before.plus(ReconcileRequest.USUAL_PATIENCE));
  }

  @Test
  void theScheduleBeginsYesterdayOfEveryChannelOnce() {
    LocalDate yesterday =
        LocalDate.ofInstant(Instant.ofEpochMilli(temporal.currentTimeMillis()), ZoneOffset.UTC)
            .minusDays(1);
    ReconcileDayWorkflow day =
        temporal.getWorkflowClient().newWorkflowStub(ReconcileDayWorkflow.class, options("day"));
    day.reconcile();

    for (String channel : desk.channels()) {
      String id = new ReconcileRequest(channel, yesterday, null).workflowId();
      assertThat(
              temporal
                  .getWorkflowClient()
                  .newUntypedWorkflowStub(id)
                  .getResult(Reconciliation.class)
                  .channel())
          .isEqualTo(channel);
    }
  }
}
