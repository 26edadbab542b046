package dev.orderflow.activities.ledger;

import io.temporal.activity.Activity;
import java.util.function.Supplier;

/** How long an activity's attempt may take depends on where it runs. */
public enum AttemptKind {
  /** Within the workflow task: a second or two. */
  LOCAL,
  /** As an activity of its own: half a minute. */
  REGULAR;

  /** The kind of the attempt that runs on the calling thread. */
  public static final Supplier<AttemptKind> OF_THREAD =
      () -> Activity.getExecutionContext().getInfo().isLocal() ? LOCAL : REGULAR;
}
