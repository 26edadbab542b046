package dev.orderflow.worker.command;

import dev.orderflow.activities.payment.DisputeCase;
import dev.orderflow.activities.payment.DisputeEvidence;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import dev.orderflow.cli.UtcTime;
import dev.orderflow.workflows.payment.DisputeState;
import java.util.List;

/** Disputes as a person reads them. */
final class DisputePage {

  private final Output output;

  DisputePage(Output output) {
    this.output = output;
  }

  /** One line for each. */
  static Table list(List<DisputeCase> disputes) {
    Table table =
        Table.of("ORDER", "CHANNEL", "DISPUTE", "AMOUNT", "STATE", "DUE", "OPENED", "HEARD", "WHY");
    for (DisputeCase dispute : disputes) {
      table.row(
          dispute.orderId(),
          dispute.channel(),
          dispute.reference(),
          dispute.amount(),
          dispute.state(),
          dispute.evidenceDueBy().map(UtcTime::text),
          dispute.openedAt().map(UtcTime::text),
          UtcTime.text(dispute.heardAt()),
          dispute.reason());
    }
    return table;
  }

  /** One with its evidence. */
  void print(DisputeCase dispute) {
    output.line("dispute    " + dispute.reference() + " at " + dispute.channel());
    output.line("order      " + dispute.orderId());
    output.line("amount     " + dispute.amount() + " of " + dispute.payment());
    output.line("state      " + dispute.state());
    dispute.reason().ifPresent(why -> output.line("reason     " + why));
    output.line("opened     " + dispute.openedAt().map(UtcTime::text).orElse("not known"));
    output.line("heard      " + UtcTime.text(dispute.heardAt()));
    dispute.closedAt().ifPresent(at -> output.line("closed     " + UtcTime.text(at)));
    if (dispute.state() == DisputeState.OPEN) {
      output.line(
          "answer     "
              + dispute
                  .evidenceDueBy()
                  .map(at -> "at the provider, until " + UtcTime.text(at))
                  .orElse("not possible"));
    }
    print(dispute.evidence());
    output.line("");
  }

  private void print(DisputeEvidence evidence) {
    output.line("");
    output.line("customer   " + evidence.customer());
    output.line("placed     " + UtcTime.text(evidence.placedAt()));
    output.line("completed  " + evidence.completedAt().map(UtcTime::text).orElse("never"));
    output.line("total      " + evidence.total());
    output.line("");
    Table lines = Table.of("LINE", "ARTICLE", "NAME", "QUANTITY", "NET");
    evidence
        .lines()
        .forEach(l -> lines.row(l.number(), l.article(), l.name(), l.quantity(), l.net()));
    output.table(lines);
    printPayments(evidence.payments());
    printMails(evidence.mails());
  }

  private void printPayments(List<DisputeEvidence.Transaction> payments) {
    output.line("");
    Table table = Table.of("MONEY", "AMOUNT", "AT", "REFERENCE");
    payments.forEach(p -> table.row(p.kind(), p.amount(), UtcTime.text(p.at()), p.reference()));
    output.table(table);
  }

  private void printMails(List<DisputeEvidence.Mail> mails) {
    output.line("");
    Table table = Table.of("MAIL", "STATE", "AT", "MESSAGE-ID");
    mails.forEach(m -> table.row(m.event(), m.state(), UtcTime.text(m.at()), m.messageId()));
    output.table(table);
  }
}
