package dev.orderflow.worker.command;

import dev.orderflow.activities.inbox.Answer;
import dev.orderflow.activities.inbox.Closed;
import dev.orderflow.activities.inbox.Closing;
import dev.orderflow.activities.inbox.EventKey;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.UtcTime;
import dev.orderflow.cli.WhoAndWhy;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends what no order will take. */
@Command(
    name = "close",
    description = {
      "Close, for good, a parked event that is not tried any more: a person has looked, and nothing"
          + " is left to do."
    })
final class InboxCloseCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "The payment channel")
  private String channel;

  @Parameters(index = "1", paramLabel = "EVENT", description = "The provider's event id")
  private String event;

  @Mixin private WhoAndWhy person;
  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Override
  public Integer call() {
    Closing closing = person.says(Closing::new);
    return LedgerAccess.with(
        config,
        Inbox.class,
        inbox -> print(closed(inbox.close(new EventKey(channel, event), closing))));
  }

  private Received closed(Answer answer) {
    if (answer instanceof Answer.Done done) {
      return done.event();
    }
    if (answer instanceof Answer.Refused refused) {
      throw new CliException(ExitCode.CONFLICT, name() + " is " + standing(refused.event()));
    }
    throw new CliException(
        ExitCode.NOT_FOUND,
        name() + " is not known; 'orderflow inbox --state parked' shows those that are parked");
  }

  private static String standing(Received event) {
    if (event.state() == InboxState.DELIVERED) {
      return "DELIVERED: its order was told, nothing is left to do";
    }
    return event.state()
        + event
            .dueAt()
            .map(at -> ": it is not given up, and tried again at " + UtcTime.text(at))
            .orElse("");
  }

  private void print(Received closed) {
    if (output.format() == Output.Format.JSON) {
      output.json(InboxRow.of(closed));
    } else {
      output.line(name() + " is " + closed.closed().map(Closed::inWords).orElseThrow());
    }
  }

  private String name() {
    return "event " + event + " of channel " + channel;
  }
}
