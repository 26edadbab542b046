package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;

/**
 * What is to be undone, as the ledger knows it.
 *
 * @param refusal why the order is not taken back (the refund policy does not allow it any more, or
 *     it was revived since); then nothing was fenced and there is nothing to undo
 * @param ending how the order ends once everything is undone
 * @param plan what was accepted; absent where nothing was
 * @param undos newest effect first
 * @param steps what was done for the order, oldest first; only for one that was completed
 * @param notice the message that the late money goes back that the order was revived with; absent
 *     where it was not
 * @param balance what its payments took and gave back; absent where none took anything
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UndoPlan(
    Optional<Reason> refusal,
    OrderStatus ending,
    Reason reason,
    Optional<OrderPlan> plan,
    List<Undo> undos,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OrderView.StepView> steps,
    Optional<StepKey> notice,
    Optional<PaymentBalance> balance) {

  public UndoPlan {
    refusal = refusal == null ? Optional.empty() : refusal;
    plan = plan == null ? Optional.empty() : plan;
    undos = undos == null ? List.of() : List.copyOf(undos);
    steps = steps == null ? List.of() : List.copyOf(steps);
    notice = notice == null ? Optional.empty() : notice;
    balance = balance == null ? Optional.empty() : balance;
  }

  /** Of an order that was neither completed nor revived. */
  public UndoPlan(
      Optional<Reason> refusal,
      OrderStatus ending,
      Reason reason,
      Optional<OrderPlan> plan,
      List<Undo> undos) {
    this(refusal, ending, reason, plan, undos, List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * One effect to take back.
   *
   * @param key the undo's own key, a fresh one after an undo that was certainly refused
   * @param forward the effect
   * @param held why a person has to decide first; absent where nothing stands against it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Undo(StepKey key, StepKey forward, Optional<Reason> held) {
    public Undo {
      held = held == null ? Optional.empty() : held;
    }

    /** The key of the message that money was given back, numbered as its refund. */
    public StepKey notice() {
      return new StepKey(key.order(), Step.RETURN_NOTICE, key.n());
    }

    /** One that nothing stands against. */
    public Undo(StepKey key, StepKey forward) {
      this(key, forward, Optional.empty());
    }
  }
}
