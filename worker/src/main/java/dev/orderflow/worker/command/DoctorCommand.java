package dev.orderflow.worker.command;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import dev.orderflow.worker.check.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is missing, and what mends it. */
@Command(
    name = "doctor",
    description =
        "Say what is missing, with the command that mends it. Exit code 1 if anything is.")
final class DoctorCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Override
  public Integer call() {
    List<Finding> findings = new Examination(config).findings();
    if (output.format() == Output.Format.JSON) {
      findings.forEach(output::json);
    } else {
      Table table = Table.of("CHECK", "VERDICT", "FOUND", "REMEDY");
      findings.forEach(f -> table.row(f.subject(), f.verdict(), f.says(), f.remedy()));
      output.table(table);
    }
    boolean fit = findings.stream().allMatch(f -> f.verdict().letsWork());
    return (fit ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
