package dev.orderflow.worker.check;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;

/** Whether a payment channel answers, and what it declares. */
public final class ChannelCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** No order has this key, so no provider knows of it. */
  private static final StepKey NOBODYS =
      StepKey.of(OrderId.ofKey("orderflow doctor asks for nothing"), Step.CHARGE);

  private ChannelCheck() {}

  /** Asks for something that was never done; asks for nothing to be done. */
  public static Finding of(PaymentChannel channel) {
    String subject = "channel " + channel.name();
    try {
      Answer answer = channel.find(NOBODYS, CallBudget.of(PATIENCE));
      return answer.outcome().state() == Outcome.State.NOT_EXECUTED
          ? Finding.ok(subject, "answers; " + declared(channel.abilities()))
          : Finding.unreachable(subject, why(answer), "see [payment]");
    } catch (RuntimeException e) {
      return Finding.unreachable(
          subject, "fails (" + Refusal.cause(e) + ")", "mend the channel: it must not throw");
    }
  }

  private static String why(Answer answer) {
    return answer
        .outcome()
        .reason()
        .map(Reason::toString)
        .orElseGet(() -> "knows of a payment that was never made: " + answer.outcome().state());
  }

  private static String declared(Abilities abilities) {
    String steps =
        abilities.steps() == Abilities.Steps.CHARGE_ONLY ? "charges only" : "holds and charges";
    String keys =
        abilities
            .keyWindow()
            .map(window -> "enforces keys for " + window.toHours() + " h")
            .orElse("enforces no keys");
    String fence =
        abilities.fence() == Abilities.Fence.CLOSE ? "closes payments" : "closes no payments";
    String customer =
        abilities.customer() == Abilities.Customer.ACTS ? "customers may act" : "answers at once";
    return String.join(
        ", ",
        steps,
        keys,
        fence,
        customer,
        "what is not found after " + abilities.horizon().toSeconds() + " s never was");
  }
}
