package dev.orderflow.worker.command;

import dev.orderflow.activities.payment.GuardedChannels;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Interruption;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Progress;
import dev.orderflow.cli.Table;
import dev.orderflow.cli.TokenOption;
import dev.orderflow.worker.check.PaymentChecks;
import dev.orderflow.worker.evaluate.Evaluation;
import dev.orderflow.worker.evaluate.Evaluation.Leftover;
import dev.orderflow.worker.evaluate.Evaluation.Plan;
import dev.orderflow.worker.evaluate.Result;
import dev.orderflow.worker.evaluate.StepReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.joda.money.Money;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much a channel carries. */
@Command(
    name = "evaluate",
    description = {
      "Drive a channel at rising load, for no orders: payments that are given back at once.",
      "Says how it answered, where it saturates, and whether that was our own limit or the"
          + " provider's. Ctrl-C gives back first. Ends with 1 where something could not be given"
          + " back, and lists it."
    })
final class EvaluateCommand implements Callable<Integer> {

  /** The rule of {@code payment.token} in an order. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,200}");

  @Parameters(paramLabel = "NAME", description = "The channel's name")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "N/s",
      defaultValue = "1/s",
      converter = Rate.Converter.class,
      description = "The first step's payments a second (default: 1/s); each step doubles them")
  private Rate from;

  @Option(
      names = "--to",
      paramLabel = "N/s",
      defaultValue = "16/s",
      converter = Rate.Converter.class,
      description = "The last step's (default: 16/s)")
  private Rate to;

  @Option(
      names = "--step-time",
      paramLabel = "SPAN",
      defaultValue = "10s",
      description = "How long each step lasts (default: 10s)")
  private Duration stepTime;

  @Option(
      names = "--amount",
      paramLabel = "MONEY",
      defaultValue = "EUR 1.00",
      description = "What each payment is (default: EUR 1.00)")
  private Money amount;

  @ArgGroup(multiplicity = "1")
  private TokenOption token;

  @Option(
      names = "--settle-time",
      paramLabel = "SPAN",
      defaultValue = "60s",
      description = "How long to try to give back what is left at the end (default: 60s)")
  private Duration settleTime;

  @Option(names = "--live", description = "Although real money may be moved")
  private boolean live;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Override
  public Integer call() {
    if (to.perSecond() < from.perSecond()) {
      throw new CliException(ExitCode.USAGE, "--to: is less than --from");
    }
    if (!amount.isPositive()) {
      throw new CliException(
          ExitCode.USAGE, "--amount: '" + amount + "' is nothing to pay; give one above 0");
    }
    if (stepTime.isZero() || stepTime.isNegative()) {
      throw new CliException(
          ExitCode.USAGE,
          "--step-time: '" + stepTime.toSeconds() + "s' is no time; give one such as 10s");
    }
    String tokenText = payable(token.read());
    List<Result> results = new ArrayList<>();
    LedgerAccess.with(config, GuardedChannels.class, all -> results.add(evaluate(all, tokenText)));
    return (results.get(0).notGivenBack().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  /** As an order's; the text itself is not repeated, since it may be a secret. */
  private static String payable(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw new CliException(
          ExitCode.USAGE,
          "--token: "
              + (text.isEmpty() ? "is empty" : "these " + text.length() + " characters are none")
              + "; give 1 to 200 printable ASCII characters without spaces");
    }
    return text;
  }

  private Result evaluate(GuardedChannels all, String tokenText) {
    PaymentChannel channel = KnownChannel.of(name, all.byName());
    if (!live && PaymentChecks.mayMoveMoney(config.read(), name)) {
      throw new CliException(
          ExitCode.USAGE, "NAME: '" + name + "' may move real money; add --live if that is meant");
    }
    Plan plan = new Plan(tokenText, amount, from.perSecond(), to.perSecond(), stepTime);
    List<StepReport> steps = new ArrayList<>();
    List<Leftover> left;
    try (Interruption interruption =
            Interruption.ofThisThread(settleTime.plus(channel.limits().timeout().multipliedBy(2)));
        Evaluation evaluation = new Evaluation(channel, plan)) {
      drive(evaluation, plan, steps);
      left = evaluation.giveBack(settleTime);
      Result result = Result.of(name, steps, left);
      print(result);
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.INTERRUPTED, "interrupted while giving back", e);
    }
  }

  /** Ctrl-C ends the driving only. */
  private void drive(Evaluation evaluation, Plan plan, List<StepReport> steps) {
    try (Progress progress = Progress.onTerminal("evaluate " + name, plan.payments())) {
      evaluation.drive(progress::step, steps::add);
    } catch (InterruptedException e) {
      output.err().println("Interrupted: giving back what was paid");
      output.err().flush();
    }
  }

  private void print(Result result) {
    if (output.format() == Output.Format.TABLE) {
      output.table(table(result.steps()));
      output.line(result.says());
      result
          .notGivenBack()
          .forEach(
              left ->
                  output.line(
                      "not given back: "
                          + left.reference()
                          + " ("
                          + left.order()
                          + "): "
                          + left.reason()));
    }
    output.json(result);
  }

  private static Table table(List<StepReport> steps) {
    Table table =
        Table.of(
            "OFFERED/S",
            "ACHIEVED/S",
            "PAYMENTS",
            "SUCCESS",
            "P50",
            "P95",
            "P99",
            "WAITED P50",
            "CALL P50",
            "ERRORS");
    steps.forEach(
        step ->
            table.row(
                number(step.offered()),
                number(step.achieved()),
                step.payments() + step.notBegun(),
                number(step.successRate() * 100) + " %",
                millis(step.p50()),
                millis(step.p95()),
                millis(step.p99()),
                millis(step.waitP50()),
                millis(step.callP50()),
                errors(step)));
    return table;
  }

  private static String errors(StepReport step) {
    String errors =
        step.errors().entrySet().stream()
            .map(error -> error.getValue() + " " + error.getKey())
            .collect(Collectors.joining(", "));
    String all =
        step.notBegun() == 0
            ? errors
            : step.notBegun() + " without a place" + (errors.isEmpty() ? "" : ", " + errors);
    return all.isEmpty() ? "-" : all;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }
}
