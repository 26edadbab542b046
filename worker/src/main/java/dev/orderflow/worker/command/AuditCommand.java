package dev.orderflow.worker.command;

import dev.orderflow.activities.audit.Audit;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Progress;
import dev.orderflow.cli.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.joda.money.CurrencyUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether the ledger agrees with itself. */
@Command(
    name = "audit",
    description = {
      "Read the whole ledger: was anyone charged twice, or for nothing, and is what is counted what"
          + " there is? Changes nothing; orders go on meanwhile.",
      "Ends with 0 where everything agrees, with 1 where something does not: a line for each."
    })
final class AuditCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  /** One sum, as it is printed. */
  record MoneyRow(
      String channel, String kind, String currency, long transactions, BigDecimal amount) {
    static MoneyRow of(Audit.Moved moved, Audit.Sum sum) {
      int digits = CurrencyUnit.of(moved.currency()).getDecimalPlaces();
      return new MoneyRow(
          moved.channel(),
          moved.kind(),
          moved.currency(),
          sum.transactions(),
          sum.minor().movePointLeft(digits));
    }
  }

  /** What it came to, as it is printed last. */
  record Row(long orders, long archived, List<MoneyRow> money, long findings) {}

  @Override
  public Integer call() {
    return LedgerAccess.with(
        config,
        Audit.class,
        audit -> {
          Audit.Result result = carryOut(audit);
          print(result);
          if (result.findings() > 0) {
            throw new CliException(
                ExitCode.FAILED, result.findings() + " things in the ledger do not agree");
          }
        });
  }

  private Audit.Result carryOut(Audit audit) {
    try (Progress progress = Progress.onTerminal("orders")) {
      return audit.carryOut(finding -> progress.aside(() -> print(finding)), progress::stepTo);
    }
  }

  private void print(Audit.Finding finding) {
    if (output.format() == Output.Format.JSON) {
      output.json(finding);
    } else {
      output.line(finding.kind() + "  " + finding.subject());
    }
  }

  private void print(Audit.Result result) {
    List<MoneyRow> money =
        result.money().entrySet().stream()
            .map(entry -> MoneyRow.of(entry.getKey(), entry.getValue()))
            .toList();
    if (output.format() == Output.Format.JSON) {
      output.json(new Row(result.orders(), result.archived(), money, result.findings()));
      return;
    }
    Table table = Table.of("CHANNEL", "KIND", "CURRENCY", "TRANSACTIONS", "AMOUNT");
    money.forEach(
        row ->
            table.row(
                row.channel(),
                row.kind(),
                row.currency(),
                row.transactions(),
                row.amount().toPlainString()));
    output.table(table);
    output.line(
        result.orders()
            + " orders"
            + (result.archived() == 0 ? "" : ", " + result.archived() + " of them archived")
            + "; "
            + (result.findings() == 0
                ? "everything agrees"
                : result.findings() + " things do not agree"));
  }
}
