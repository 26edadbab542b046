package dev.orderflow.cli;

import dev.orderflow.workflows.payment.PaymentBalance;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** What an order's payments took and gave back, as a person reads it. */
final class BalancePage {

  private final Output output;

  BalancePage(Output output) {
    this.output = output;
  }

  void print(PaymentBalance balance) {
    output.line("");
    output.line(sum(balance.captured(), balance.refunded(), balance.returned(), balance.left()));
    balance
        .others()
        .forEach(
            other ->
                output.line(
                    sum(other.captured(), other.refunded(), other.returned(), other.left())));
    printRefunds(balance);
    printMovements(balance);
    printDisputes(balance);
  }

  private static String sum(Money captured, Money refunded, Money returned, Money left) {
    return "paid "
        + captured
        + ", refunded "
        + refunded
        + (returned.isZero() ? "" : ", returned by others " + returned)
        + ", left "
        + left;
  }

  private void printRefunds(PaymentBalance balance) {
    Table refunds = Table.of("REFUND", "AMOUNT", "OUTCOME", "LINES", "KEY", "REASON");
    for (PaymentBalance.Refund refund : balance.refunds()) {
      refunds.row(
          refund.key().n(),
          refund.amount(),
          refund.outcome(),
          refund.lines().stream()
              .map(part -> part.number() + ":" + part.quantity())
              .collect(Collectors.joining(",")),
          refund.requestKey(),
          refund.reason());
    }
    unlessEmpty(refunds);
  }

  private void printMovements(PaymentBalance balance) {
    Table movements = Table.of("BY OTHERS", "AMOUNT", "AT", "REFERENCE", "REASON");
    for (PaymentBalance.Movement movement : balance.movements()) {
      movements.row(
          movement.key().step().word(),
          movement.amount(),
          UtcTime.text(movement.at()),
          movement.reference(),
          movement.reason());
    }
    unlessEmpty(movements);
  }

  private void printDisputes(PaymentBalance balance) {
    Table disputes = Table.of("DISPUTE", "AMOUNT", "STATE", "DUE", "REASON");
    for (PaymentBalance.Dispute dispute : balance.disputes()) {
      disputes.row(
          dispute.reference(),
          dispute.amount(),
          dispute.state(),
          dispute.evidenceDueBy().map(UtcTime::text),
          dispute.reason());
    }
    unlessEmpty(disputes);
  }

  private void unlessEmpty(Table table) {
    if (!table.isEmpty()) {
      output.table(table);
    }
  }
}
