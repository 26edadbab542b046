package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.archive.Archives;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Progress;
import dev.orderflow.cli.UtcTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves orders that ended long ago out of the ledger's tables. */
@Command(
    name = "archive",
    description = {
      "Move orders that ended long ago out of the tables that orders work with, each into one"
          + " document in the same database. Orders of which anything is open stay. Their keys stay"
          + " taken, how they ended can still be asked, and all sums stay as they are; nothing can"
          + " be done for them any more.",
      "May be interrupted at any time, and may run while orders come in. An order of which the audit"
          + " finds something stays. One that the database refuses is named on standard error, the"
          + " others are archived, and the run ends with 1."
    },
    footer = {
      "",
      "Example:",
      "  orderflow archive --dry-run",
      "  orderflow archive --before 2024-01-01",
      "  orderflow archive --forget-before 3650d"
    })
final class ArchiveCommand implements Callable<Integer> {

  @Option(
      names = "--before",
      paramLabel = "DATE|AGE",
      description =
          "What nothing has touched since that day began, in UTC, or for so many days, such as 730d"
              + " (default, and at least: 540d, or order.refund-window where that is longer)")
  private String before;

  @Option(
      names = "--forget-before",
      paramLabel = "DATE|AGE",
      description =
          "Instead delete the documents of archived orders that ended before, for good: names,"
              + " addresses, everything but the key, how and when it ended, and its money (at least"
              + " 540d, or for so many years as the law wants them kept)")
  private String forgetBefore;

  @Option(names = "--dry-run", description = "Only say how many orders that would be")
  private boolean dryRun;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  /** What a run came to, as it is printed; one of both counts. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Row(Instant before, boolean dryRun, Optional<Long> archived, Optional<Long> forgotten) {}

  @Override
  public Integer call() {
    if (before != null && forgetBefore != null) {
      throw new CliException(
          ExitCode.USAGE, "--before and --forget-before exclude each other; name one of them");
    }
    Instant now = Instant.now();
    if (forgetBefore != null) {
      Instant ended =
          PastMoment.of("--forget-before", forgetBefore, now)
              .atLeast(Archives.LEAST, now, "when a customer's bank may still ask about it")
              .at();
      return LedgerAccess.with(config, Archives.class, archives -> forget(archives, ended));
    }
    Instant untouched = untouchedSince(now);
    return LedgerAccess.with(config, Archives.class, archives -> archive(archives, untouched));
  }

  private Instant untouchedSince(Instant now) {
    Duration window = config.read().order().refundWindow();
    Duration least = window.compareTo(Archives.LEAST) > 0 ? window : Archives.LEAST;
    if (before == null) {
      return now.minus(least);
    }
    return PastMoment.of("--before", before, now)
        .atLeast(least, now, "when a customer's bank, or the shop itself, may still refund it")
        .at();
  }

  private void archive(Archives archives, Instant untouched) {
    AtomicLong refused = new AtomicLong();
    try (Progress progress = Progress.onTerminal("orders")) {
      long orders =
          dryRun
              ? archives.count(untouched, progress::stepTo)
              : archives.archive(
                  untouched,
                  left -> {
                    refused.incrementAndGet();
                    progress.aside(() -> print(left));
                  },
                  progress::stepTo);
      progress.close();
      print(
          new Row(untouched, dryRun, Optional.of(orders), Optional.empty()),
          orders
              + (dryRun ? " orders would be archived" : " orders archived")
              + ", untouched since ");
    }
    if (refused.get() > 0) {
      throw new CliException(
          ExitCode.FAILED,
          refused + " orders stay because the database refused; orderflow audit may say why");
    }
  }

  private void print(Archives.Refused left) {
    output.err().println(left.order() + " stays: " + left.why());
    output.err().flush();
  }

  private void forget(Archives archives, Instant ended) {
    long orders = dryRun ? archives.kept(ended) : archives.forget(ended);
    print(
        new Row(ended, dryRun, Optional.empty(), Optional.of(orders)),
        "the documents of "
            + orders
            + " archived orders "
            + (dryRun ? "would be deleted" : "are deleted")
            + ", which ended before ");
  }

  private void print(Row row, String words) {
    if (output.format() == Output.Format.JSON) {
      output.json(row);
    } else {
      output.line(words + UtcTime.text(row.before()));
    }
  }
}
