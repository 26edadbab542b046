package dev.orderflow.worker.command;

import dev.orderflow.activities.coupon.CodeTakenException;
import dev.orderflow.activities.coupon.Coupon;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What orders may be discounted by. */
@Command(
    name = "coupon",
    description = "Show and create coupons.",
    subcommands = CouponCommand.CreateCommand.class)
final class CouponCommand {

  @Command(name = "list", description = "Show coupons, the newest first.")
  int list(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100)")
          Integer limit,
      @Option(
              names = "--after",
              paramLabel = "CODE",
              description = "The page behind the one that ended with this coupon")
          String after) {
    int most = limit == null ? 100 : limit;
    if (most < 1) {
      throw new CliException(ExitCode.USAGE, "--limit: " + limit + " is below 1");
    }
    return LedgerAccess.with(
        config,
        CouponStore.class,
        store -> {
          List<Coupon> page = store.list(Optional.ofNullable(after), most);
          print(output, page);
          if (page.size() == most) {
            output.err().println("there may be more: --after " + page.get(most - 1).code());
          }
        });
  }

  /** {@code orderflow coupon create}. */
  @Command(name = "create", description = "Create a coupon.")
  static final class CreateCommand implements Callable<Integer> {

    @Mixin private ConfigOption config;
    @Mixin private Output output;
    @Mixin private NewCoupon made;

    @Override
    public Integer call() {
      CouponIssue issue = made.issue();
      return LedgerAccess.with(
          config, CouponStore.class, coupons -> print(output, List.of(create(coupons, issue))));
    }

    private static Coupon create(CouponStore coupons, CouponIssue issue) {
      try {
        return coupons.create(issue);
      } catch (CodeTakenException e) {
        throw new CliException(
            ExitCode.CONFLICT, "CODE: '" + issue.code() + "' is taken; choose another", e);
      }
    }
  }

  private static void print(Output output, List<Coupon> coupons) {
    List<CouponRow> rows = coupons.stream().map(CouponRow::of).toList();
    if (output.format() == Output.Format.JSON) {
      rows.forEach(output::json);
      return;
    }
    Table table =
        Table.of("CODE", "WORTH", "USED", "OF", "VALID UNTIL", "CUSTOMER", "CAMPAIGN", "STATE");
    rows.forEach(
        r ->
            table.row(
                r.code(),
                r.worth(),
                r.used(),
                r.uses(),
                r.validUntil(),
                r.customer(),
                r.campaign(),
                r.state()));
    output.table(table);
  }
}
