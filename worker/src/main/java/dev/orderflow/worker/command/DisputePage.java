package dev.orderflow.worker.command;

import dev.orderflow.activities.payment.DisputeCase;
import dev.orderflow.activities.payment.DisputeEvidence;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Disputes as a person reads them. */
final class DisputePage {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Output output;

  DisputePage(Output output) {
    this.output = output;
  }

  /** One line for each. */
  static Table list(List<DisputeCase> disputes) {
    Table table =
        Table.of("ORDER", "CHANNEL", "DISPUTE", "AMOUNT", "STATE", "DUE", "OPENED", "WHY");
    for (DisputeCase dispute : disputes) {
      table.row(
          dispute.orderId(),
          dispute.channel(),
          dispute.reference(),
          dispute.amount(),
          dispute.state(),
          dispute.evidenceDueBy().map(TIME::format),
          TIME.format(dispute.openedAt()),
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
    output.line("opened     " + TIME.format(dispute.openedAt()));
    dispute.closedAt().ifPresent(at -> output.line("closed     " + TIME.format(at)));
    if (dispute.state() == Movements.Dispute.State.OPEN) {
      output.line(
          "answer     "
              + dispute
                  .evidenceDueBy()
                  .map(at -> "at the provider, until " + TIME.format(at))
                  .orElse("not possible"));
    }
    print(dispute.evidence());
    output.line("");
  }

  private void print(DisputeEvidence evidence) {
    output.line("");
    output.line("customer   " + evidence.customer());
    output.line("placed     " + TIME.format(evidence.placedAt()));
    output.line("completed  " + evidence.completedAt().map(TIME::format).orElse("never"));
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
    payments.forEach(p -> table.row(p.kind(), p.amount(), at(p.at()), p.reference()));
    output.table(table);
  }

  private void printMails(List<DisputeEvidence.Mail> mails) {
    output.line("");
    Table table = Table.of("MAIL", "STATE", "AT", "MESSAGE-ID");
    mails.forEach(m -> table.row(m.event(), m.state(), at(m.at()), m.messageId()));
    output.table(table);
  }

  private static String at(Instant instant) {
    return TIME.format(instant);
  }
}
