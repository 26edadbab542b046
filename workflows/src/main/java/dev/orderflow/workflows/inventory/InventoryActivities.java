package dev.orderflow.workflows.inventory;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Undoing;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/**
 * What moves stock. Idempotent by key; the operation row and its effect are one transaction, so a
 * repeat returns the recorded outcome.
 */
@ActivityInterface(namePrefix = "Inventory.")
public interface InventoryActivities {

  /** Reserves every line or none, for a limited time. {@code DECLINED OUT_OF_STOCK} otherwise. */
  Outcome reserve(Reservation reservation);

  /** Gives reserved stock back. Succeeds where nothing is reserved. */
  Outcome release(Return request);

  /**
   * Takes reserved stock out for good; with it the order is {@code COMPLETED}, in the same
   * transaction. {@code DECLINED RESERVATION_LOST} where the reservation is gone.
   */
  Outcome commit(StepKey key);

  /** Puts committed stock back on hand. Succeeds where nothing was committed. */
  Outcome restock(Return request);

  /** Stock to reserve; lines of the same article may repeat. */
  record Reservation(StepKey key, List<Line> lines) {}

  /** One line's stock. */
  record Line(int number, String article, int quantity) {}

  /** What to take back. */
  record Return(StepKey key, StepKey forward) implements Undoing {}
}
