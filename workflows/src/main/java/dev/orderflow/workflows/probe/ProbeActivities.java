package dev.orderflow.workflows.probe;

import dev.orderflow.workflows.saga.Reason;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What a probe does. Each may be repeated at any point: the run has one row, and one order. */
@ActivityInterface(namePrefix = "Probe.")
public interface ProbeActivities {

  /**
   * The type of the failure of a probe that has shown something; not retried. Its detail is the
   * {@link Reason}.
   */
  String FAILED = "PROBE_FAILED";

  /** The channels that are probed. */
  @ActivityMethod
  List<String> channels();

  /** Writes down that the run has begun. */
  @ActivityMethod
  void begin(ProbeRun run);

  /**
   * Places the run's order and waits for its ending.
   *
   * @throws io.temporal.failure.ApplicationFailure {@link #FAILED} unless it was completed in time
   */
  @ActivityMethod
  void pay(ProbeRun run);

  /**
   * Takes the run's order back, wherever it stands, and refunds what was paid.
   *
   * @throws io.temporal.failure.ApplicationFailure {@link #FAILED} where a person has to decide
   */
  @ActivityMethod
  void takeBack(ProbeRun run);

  /** Writes down that it paid and refunded. */
  @ActivityMethod
  void succeeded(ProbeRun run);

  /** Writes down why not. */
  @ActivityMethod
  void failed(ProbeRun run, Reason reason);
}
