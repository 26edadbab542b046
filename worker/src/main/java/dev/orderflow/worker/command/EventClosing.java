package dev.orderflow.worker.command;

import dev.orderflow.activities.inbox.Closed;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.UtcTime;
import picocli.CommandLine.Option;

/** The options that close a parked event. For use as a mixin. */
final class EventClosing {

  @Option(
      names = "--close",
      paramLabel = "EVENT",
      description =
          "Instead, close this parked event: a person has looked, and nothing is left to do")
  private String event;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "With --close: the payment channel whose event it is")
  private String channel;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "With --close: why it is closed; kept")
  private String reason;

  /** Whether this is what the command is to do. */
  boolean isAsked() {
    if (event == null && (channel != null || reason != null)) {
      throw new CliException(
          ExitCode.USAGE,
          (channel == null ? "--reason" : "--channel")
              + ": goes with --close EVENT; without it events are listed");
    }
    return event != null;
  }

  /** Which event; refused where the options don't say whose it is, and why it is closed. */
  Inbox.Place event() {
    if (channel == null || channel.isBlank()) {
      throw new CliException(
          ExitCode.USAGE, "--channel: say whose event '" + event + "' is, as in --channel stripe");
    }
    if (reason == null || reason.isBlank()) {
      throw new CliException(
          ExitCode.USAGE,
          "--reason: say why '"
              + event
              + "' is closed, as in --reason \"booked by hand\"; it is kept");
    }
    return new Inbox.Place(channel, event);
  }

  void carryOut(Inbox inbox, Inbox.Place place, Output output) {
    Received found =
        inbox
            .close(place, System.getProperty("user.name"), reason)
            .orElseThrow(() -> refused(ExitCode.NOT_FOUND, "is not known"));
    Closed closed = found.closed().orElseThrow(() -> refused(ExitCode.CONFLICT, standing(found)));
    if (output.format() == Output.Format.JSON) {
      output.json(InboxRow.of(found));
    } else {
      output.line(event + " is closed, since " + UtcTime.text(closed.at()) + " " + words(closed));
    }
  }

  private static String standing(Received event) {
    return event
        .orderId()
        .map(order -> "is " + event.state() + ": order " + order + " was told, nothing is left")
        .orElse("is " + event.state() + ": it is on its way to its order");
  }

  private CliException refused(ExitCode code, String why) {
    return new CliException(
        code,
        "--close: event '"
            + event
            + "' of channel '"
            + channel
            + "' "
            + why
            + "; 'orderflow inbox --state parked' shows those that can be closed");
  }

  /** Who closed it, and why. */
  static String words(Closed closed) {
    return "by " + closed.actor() + ": " + closed.reason();
  }
}
