package dev.orderflow.worker.command;

import dev.orderflow.activities.inbox.Answer;
import dev.orderflow.activities.inbox.Closed;
import dev.orderflow.activities.inbox.EventKey;
import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import dev.orderflow.cli.UtcTime;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What payment providers told by themselves. */
@Command(
    name = "inbox",
    description = "Show what payment providers told by themselves, the newest first.",
    subcommands = InboxCloseCommand.class)
final class InboxCommand implements Callable<Integer> {

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only events that stand so: ${COMPLETION-CANDIDATES}")
  private InboxState state;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100)")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "CHANNEL/EVENT",
      description = "The page behind the one that ended with this event")
  private String after;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CliException(ExitCode.USAGE, "--limit: " + limit + " is below 1");
    }
    Optional<EventKey> behind = Optional.ofNullable(after).map(InboxCommand::key);
    return LedgerAccess.with(
        config, Inbox.class, inbox -> print(inbox.list(Optional.ofNullable(state), behind, limit)));
  }

  private static EventKey key(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new CliException(
          ExitCode.USAGE,
          "--after: '" + text + "' is not a channel and an event, such as stripe/evt_1");
    }
    return new EventKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private void print(List<Received> events) {
    if (events.size() == limit) {
      Hint last = events.get(limit - 1).hint();
      output
          .err()
          .println("there may be more: --after '" + last.channel() + "/" + last.eventId() + "'");
    }
    if (output.format() == Output.Format.JSON) {
      events.stream().map(InboxRow::of).forEach(output::json);
      return;
    }
    Table table =
        Table.of(
            "CHANNEL", "EVENT", "TYPE", "RECEIVED", "STATE", "TRIES", "NEXT TRY", "ORDER", "WHY");
    events.forEach(
        e ->
            table.row(
                e.hint().channel(),
                e.hint().eventId(),
                e.hint().type(),
                UtcTime.text(e.receivedAt()),
                e.state(),
                e.tries(),
                e.dueAt().map(UtcTime::text),
                e.orderId().map(OrderId::value).or(e.hint()::merchantReference),
                e.closed().map(Closed::inWords).or(() -> e.reason().map(Reason::toString))));
    if (table.isEmpty()) {
      output.err().println("no events");
    } else {
      output.table(table);
    }
  }

  @Command(name = "retry", description = "Put a parked event on its way again, at once.")
  int retry(
      @Mixin ConfigOption file,
      @Mixin Output written,
      @Parameters(paramLabel = "CHANNEL", description = "The payment channel") String channel,
      @Parameters(paramLabel = "EVENT", description = "The provider's event id") String event) {
    EventKey key = new EventKey(channel, event);
    return LedgerAccess.with(
        file,
        Inbox.class,
        inbox -> {
          Answer answer = inbox.retry(key);
          if (!(answer instanceof Answer.Done)) {
            throw refused(key, answer);
          }
          written.err().println("on its way again");
        });
  }

  private static CliException refused(EventKey key, Answer answer) {
    String event = "event " + key.eventId() + " of channel " + key.channel();
    if (answer instanceof Answer.Refused refused && refused.event().closed().isPresent()) {
      return new CliException(
          ExitCode.CONFLICT,
          event + " is " + refused.event().closed().get().inWords() + "; that is for good");
    }
    return new CliException(
        ExitCode.NOT_FOUND,
        "no " + event + " is parked; 'orderflow inbox --state parked' shows those that are");
  }
}
