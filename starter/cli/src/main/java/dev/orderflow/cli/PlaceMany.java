package dev.orderflow.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderKeyConflictException;
import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.client.document.OrderLine;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * Places the orders of a file: the good ones go through, each bad one is named by its line. Nothing
 * is kept of an order that is through but its place in the counts.
 */
final class PlaceMany implements PlaceListener<OrderLine> {

  private final OrderClient client;
  private final Optional<Duration> patience;
  private final Output output;
  private final Rejects rejects;
  private final PlaceTally tally = new PlaceTally();
  private Progress progress = Progress.none();
  private OptionalLong size = OptionalLong.empty();
  private long furthest;

  /**
   * @param patience how long to wait for each order's ending; absent: not at all
   */
  PlaceMany(OrderClient client, Optional<Duration> patience, Output output, Rejects rejects) {
    this.client = client;
    this.patience = patience;
    this.output = output;
    this.rejects = rejects;
  }

  /** A line's outcome, as JSON. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record LineResult(
      int line,
      Optional<OrderId> orderId,
      Optional<Placed.Novelty> novelty,
      Optional<OrderStatus> status,
      Optional<String> field,
      Optional<String> error) {}

  /**
   * Places them.
   *
   * @param bytes how long the file is, where that is known
   */
  ExitCode place(Iterator<OrderLine> lines, OptionalLong bytes, int inFlight) {
    try (Interruption ignored = Interruption.ofThisThread()) {
      size = bytes;
      progress = Progress.onTerminal("placing");
      return place(lines, inFlight);
    } finally {
      progress.close();
    }
  }

  private ExitCode place(Iterator<OrderLine> lines, int inFlight) {
    try {
      client.placeAll(lines, OrderLine::document, inFlight, this);
    } catch (CancellationException e) {
      Thread.interrupted();
      brokenOff("interrupted: ");
      return ExitCode.INTERRUPTED;
    } catch (RuntimeException e) {
      brokenOff("stopped: ");
      throw e;
    }
    summary(tally.text());
    return tally.exitCode();
  }

  @Override
  public void placed(OrderLine line, Placed order) {
    rejects.begin();
    try {
      Optional<OrderView> ended = patience.flatMap(deadline -> ended(order.orderId(), deadline));
      Placed known = ended.map(order::asKnownBy).orElse(order);
      report(line, known, ended.map(OrderView::status));
    } catch (OrderKeyConflictException e) {
      // Only the ledger remembered the key, and said so when the run was under way.
      refused(line, e);
    }
  }

  /** The order when it has ended; empty when it has not within its time. */
  private Optional<OrderView> ended(OrderId orderId, Duration deadline) {
    try {
      return Optional.of(client.result(orderId, deadline));
    } catch (DeadlineException e) {
      return Optional.empty();
    }
  }

  private synchronized void report(OrderLine line, Placed order, Optional<OrderStatus> status) {
    step(line);
    tally.placed(order.novelty());
    if (patience.isPresent()) {
      tally.awaited(status);
    }
    if (output.format() == Output.Format.JSON) {
      json(line, Optional.of(order), status, Optional.empty());
    } else {
      String ending = status.map(stands -> " " + stands).orElse("");
      progress.aside(() -> output.line(order.orderId() + " " + order.novelty() + ending));
    }
  }

  @Override
  public synchronized void refused(OrderLine line, RuntimeException why) {
    step(line);
    tally.refused();
    rejects.add(line);
    if (output.format() == Output.Format.JSON) {
      json(line, Optional.empty(), Optional.empty(), Optional.of(why));
    } else {
      say("line " + line.number() + ": " + why.getMessage());
    }
  }

  @Override
  public synchronized void heldUp(int atATime) {
    say("the Temporal service is overloaded; from now on " + atATime + " at a time");
  }

  private void say(String what) {
    progress.aside(() -> output.err().println(what));
  }

  private void json(
      OrderLine line,
      Optional<Placed> order,
      Optional<OrderStatus> status,
      Optional<RuntimeException> why) {
    LineResult result =
        new LineResult(
            line.number(),
            order.map(Placed::orderId),
            order.map(Placed::novelty),
            status,
            why.map(PlaceMany::field),
            why.map(Throwable::getMessage));
    progress.aside(() -> output.json(result));
  }

  private static String field(RuntimeException why) {
    return why instanceof InvalidOrderException invalid ? invalid.field() : "key";
  }

  /** How many there are in all is known only when the file has been read: till then estimated. */
  private void step(OrderLine line) {
    if (size.isPresent() && line.end() > furthest) {
      furthest = line.end();
      progress.expect(Math.round((double) line.number() * size.getAsLong() / furthest));
    }
    progress.step();
  }

  private synchronized void brokenOff(String how) {
    summary(how + tally.text() + "; the same command goes on, nothing is placed twice");
  }

  private synchronized void summary(String text) {
    progress.close();
    output.err().println(text);
  }
}
