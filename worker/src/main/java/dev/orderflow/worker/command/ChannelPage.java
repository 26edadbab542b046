package dev.orderflow.worker.command;

import dev.orderflow.cli.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that is known of one channel, as a person reads it. */
final class ChannelPage {

  private final Output output;

  ChannelPage(Output output) {
    this.output = output;
  }

  void print(ChannelOverview.Row row) {
    line("channel", row.channel());
    line("state", row.state());
    line(
        "last hour",
        "%d succeeded, %d declined, %d failed, %d waiting for the customer"
            .formatted(row.succeeded(), row.declined(), row.failed(), row.waiting()));
    line(
        "by ourselves",
        "%d closed, %d not sent: switched off, drained, left alone, or called often enough"
            .formatted(row.closed(), row.notSent()));
    line("answered", row.answeredRate().map(ChannelTable::percent).orElse("-"));
    line(
        "answered in",
        half(row.p50Millis(), row.p95Millis())
            + row.p99Millis().map(p -> ", 99 % " + ChannelTable.span(p)).orElse(""));
    line("customers took", half(row.customerP50Millis(), row.customerP95Millis()));
    line("in doubt", row.inDoubt() + oldest(row));
    line(
        "settled doubts",
        row.resolved()
            + " in the last day"
            + after(half(row.timeToResolveP50Millis(), row.timeToResolveP95Millis())));
    line("callbacks", row.callbacks() + callbacks(row));
    line("probe", row.probe().map(ChannelPage::probe).orElse("none"));
    line(
        "reasons",
        row.errors().isEmpty()
            ? "-"
            : row.errors().stream()
                .map(error -> error.count() + " " + error.code())
                .collect(Collectors.joining(", ")));
  }

  private void line(String name, Object value) {
    output.line("%-16s%s".formatted(name, value));
  }

  private static String half(Optional<Long> p50, Optional<Long> p95) {
    return p50.isEmpty()
        ? "-"
        : "half " + ChannelTable.span(p50.get()) + ", 95 % " + ChannelTable.span(p95.orElseThrow());
  }

  private static String after(String spans) {
    return spans.equals("-") ? "" : ", after " + spans;
  }

  private static String oldest(ChannelOverview.Row row) {
    return row.oldestUnknownSeconds().map(s -> ", the oldest for " + elapsed(s)).orElse("");
  }

  private static String callbacks(ChannelOverview.Row row) {
    return " in the last hour"
        + row.callbackDeliveredP95Millis()
            .map(p -> ", 95 % delivered within " + ChannelTable.span(p))
            .orElse("");
  }

  private static String probe(ChannelOverview.Probe probe) {
    String since =
        probe
            .sinceSuccessSeconds()
            .map(s -> "succeeded " + elapsed(s) + " ago")
            .orElse("never succeeded");
    return probe.last().equals("FAILED")
        ? "FAILED" + probe.reason().map(code -> " " + code).orElse("") + ", " + since
        : since;
  }

  private static String elapsed(long seconds) {
    return Elapsed.text(Duration.ofSeconds(seconds));
  }
}
