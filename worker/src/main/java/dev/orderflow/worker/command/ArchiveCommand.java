package dev.orderflow.worker.command;

import dev.orderflow.activities.archive.ArchiveLock;
import dev.orderflow.activities.archive.Archives;
import dev.orderflow.activities.archive.RetentionConfig;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves orders that ended long ago out of the ledger. */
@Command(
    name = "archive",
    description = {
      "Move orders that ended long ago into files, with everything the ledger has of them: one a"
          + " line, as JSON, compressed, with a manifest beside. Orders of which anything is open"
          + " stay.",
      "Of each a row is left by which its key is recognised. A run that was interrupted is taken up"
          + " by the next one. The files hold names and addresses."
    })
final class ArchiveCommand implements Callable<Integer> {

  @Option(
      names = "--before",
      paramLabel = "DATE",
      description =
          "What was not touched since that day began, in UTC (default: retention.keep-for)")
  private LocalDate date;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where the files are written (default: retention.archive)")
  private Path directory;

  @Option(names = "--dry-run", description = "Only say how many orders that would be")
  private boolean dryRun;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  /** What a run came to, as it is printed. */
  record Row(Instant before, boolean dryRun, long moved, long changed, List<String> files) {}

  @Override
  public Integer call() {
    RetentionConfig retention = config.read().retention();
    Instant before = before(retention);
    return LedgerAccess.with(
        config, Archives.class, archives -> print(row(archives, before, retention)));
  }

  private Instant before(RetentionConfig retention) {
    Instant now = Instant.now();
    if (date == null) {
      return now.minus(retention.keepFor());
    }
    Instant before = date.atStartOfDay().toInstant(ZoneOffset.UTC);
    if (before.isAfter(now.minus(RetentionConfig.LEAST))) {
      throw new CliException(
          ExitCode.USAGE, "--before: " + date + " is less than 30 days ago; orders are young then");
    }
    return before;
  }

  private Row row(Archives archives, Instant before, RetentionConfig retention) {
    try (Progress progress = Progress.onTerminal("orders")) {
      if (dryRun) {
        return new Row(before, true, archives.count(before, progress::stepTo), 0, List.of());
      }
      Path to =
          Optional.ofNullable(directory)
              .or(retention::archive)
              .orElseThrow(
                  () ->
                      new CliException(
                          ExitCode.USAGE,
                          "--to: name a folder, here or by retention.archive in the"
                              + " configuration"));
      Archives.Run run = archives.run(before, to, progress::stepTo);
      return new Row(
          before,
          false,
          run.moved(),
          run.changed(),
          run.files().stream().map(Path::toString).toList());
    } catch (ArchiveLock.Busy e) {
      throw new CliException(ExitCode.CONFLICT, e.getMessage(), e);
    }
  }

  private void print(Row row) {
    if (output.format() == Output.Format.JSON) {
      output.json(row);
      return;
    }
    if (row.dryRun()) {
      output.line(row.moved() + " orders would be archived, untouched since " + row.before());
      return;
    }
    row.files().forEach(output::line);
    output.line(row.moved() + " orders archived, untouched since " + row.before());
    if (row.changed() > 0) {
      output.line(row.changed() + " changed meanwhile, and stay");
    }
  }
}
