package dev.orderflow.cli;

import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.saga.Step;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An order as a person reads it. */
final class OrderPage {

  private static final Set<Step> PAYMENT =
      EnumSet.of(Step.AUTHORIZE, Step.VOID, Step.CAPTURE, Step.CHARGE, Step.REFUND);

  private final Output output;

  OrderPage(Output output) {
    this.output = output;
  }

  /** In the form that was asked for. */
  void write(OrderView order) {
    if (output.format() == Output.Format.JSON) {
      output.json(order);
    } else {
      print(order);
    }
  }

  private void print(OrderView order) {
    output.line("order   " + order.orderId());
    output.line("status  " + order.status());
    order.reason().ifPresent(why -> output.line("reason  " + why));
    order.archived().ifPresent(this::printArchived);
    order
        .plan()
        .ifPresent(
            plan ->
                output.line(
                    "total   "
                        + plan.total()
                        + " by "
                        + order.paidBy().orElse(plan.payment().channel())));
    toPay(order).ifPresent(what -> output.line("to pay  " + what));
    order.plan().ifPresent(this::printLines);
    if (!order.steps().isEmpty()) {
      output.line("");
      printSteps(order);
    }
    order.balance().ifPresent(balance -> new BalancePage(output).print(balance));
    order.review().ifPresent(review -> printReview(order, review));
  }

  private void printArchived(Archived since) {
    output.line("ended   " + UtcTime.text(since.endedAt()));
    output.line(
        "It was archived on " + UtcTime.text(since.archivedAt()) + "; nothing can be done for it.");
  }

  /**
   * What the customer has to do: until when the order waits for it, and when the provider's page or
   * code itself expires, where that is another time.
   */
  static Optional<String> toPay(OrderView order) {
    Optional<String> until = order.payUntil().map(UtcTime::text);
    return order
        .nextAction()
        .map(
            action ->
                action.inWords()
                    + until.map(end -> " until " + end).orElse("")
                    + Optional.of(UtcTime.text(action.expiresAt()))
                        .filter(expires -> !until.equals(Optional.of(expires)))
                        .map(expires -> " (expires " + expires + ")")
                        .orElse(""))
        .or(() -> until.map(end -> "until " + end));
  }

  private void printLines(OrderPlan plan) {
    output.line("");
    Table lines = Table.of("LINE", "ARTICLE", "NAME", "QUANTITY", "GROSS", "DISCOUNT", "NET");
    for (OrderPlan.Line line : plan.lines()) {
      lines.row(
          line.number(),
          line.article(),
          line.name(),
          line.quantity(),
          line.gross(),
          line.discount(),
          line.net());
    }
    output.table(lines);
  }

  private void printSteps(OrderView order) {
    Table steps = Table.of("STEP", "OUTCOME", "AT", "REFERENCE", "REASON");
    for (OrderView.StepView step : order.steps()) {
      String key = step.key().toString();
      steps.row(
          key.substring(key.indexOf('/') + 1),
          step.outcome().state(),
          UtcTime.text(step.at()),
          step.outcome().reference(),
          step.outcome().reason());
    }
    output.table(steps);
  }

  private void printReview(OrderView order, Review review) {
    output.line("");
    output.line(
        "waits for a person (version "
            + review.version()
            + ", step "
            + review.key().step().word()
            + "): "
            + review.reason());
    for (Review.Choice choice : Review.Choice.values()) {
      if (review.choices().contains(choice)) {
        output.line(
            "  orderflow review "
                + order.orderId()
                + " --"
                + choice.name().toLowerCase(Locale.ROOT)
                + (needsReference(review, choice) ? " --reference ID" : "")
                + " --reason '...'");
      }
    }
  }

  /** That a payment was made or undone by other means is asked of the provider. */
  private static boolean needsReference(Review review, Review.Choice choice) {
    return choice == Review.Choice.ACCEPT && PAYMENT.contains(review.key().step());
  }
}
