package dev.orderflow.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.client.document.OrderLine;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Places the orders of a file: the good ones go through, each bad one is named by its line. */
final class PlaceMany implements AutoCloseable {

  private final OrderClient client;
  private final Optional<Duration> patience;
  private final Output output;
  private final Progress progress = Progress.onTerminal("placing");
  private final Map<Placed.Novelty, Integer> placed = new EnumMap<>(Placed.Novelty.class);
  private final Map<OrderStatus, Integer> ended = new EnumMap<>(OrderStatus.class);
  private int refused;
  private int late;

  /**
   * @param patience how long to wait for each order's ending; absent: not at all
   */
  PlaceMany(OrderClient client, Optional<Duration> patience, Output output) {
    this.client = client;
    this.patience = patience;
    this.output = output;
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

  ExitCode place(Iterator<OrderLine> lines, int parallelism) {
    try (Interruption ignored = Interruption.ofThisThread()) {
      try {
        client.placeAll(lines, OrderLine::document, parallelism, listener());
      } catch (CancellationException e) {
        Thread.interrupted();
        summary("interrupted: ");
        return ExitCode.INTERRUPTED;
      } catch (RuntimeException e) {
        summary("stopped: ");
        throw e;
      }
      summary("");
      return exitCode();
    }
  }

  private PlaceListener<OrderLine> listener() {
    return new PlaceListener<>() {
      @Override
      public void placed(OrderLine line, Placed order) {
        Optional<OrderStatus> status =
            patience.flatMap(deadline -> status(order.orderId(), deadline));
        report(line, order, status);
      }

      @Override
      public void refused(OrderLine line, RuntimeException why) {
        report(line, why);
      }
    };
  }

  /** How the order ended; empty when it has not within its time. */
  private Optional<OrderStatus> status(OrderId orderId, Duration deadline) {
    try {
      return Optional.of(client.result(orderId, deadline).status());
    } catch (DeadlineException e) {
      return Optional.empty();
    }
  }

  private synchronized void report(OrderLine line, Placed order, Optional<OrderStatus> status) {
    progress.step();
    placed.merge(order.novelty(), 1, Integer::sum);
    status.ifPresent(ending -> ended.merge(ending, 1, Integer::sum));
    late += patience.isPresent() && status.isEmpty() ? 1 : 0;
    if (output.format() == Output.Format.JSON) {
      output.json(
          new LineResult(
              line.number(),
              Optional.of(order.orderId()),
              Optional.of(order.novelty()),
              status,
              Optional.empty(),
              Optional.empty()));
    }
  }

  private synchronized void report(OrderLine line, RuntimeException why) {
    progress.step();
    refused++;
    String field = why instanceof InvalidOrderException invalid ? invalid.field() : "key";
    if (output.format() == Output.Format.JSON) {
      output.json(
          new LineResult(
              line.number(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(field),
              Optional.of(why.getMessage())));
    } else {
      progress.aside(() -> output.err().println("line " + line.number() + ": " + why.getMessage()));
    }
  }

  private synchronized void summary(String begin) {
    progress.close();
    StringBuilder text = new StringBuilder(begin);
    text.append(count(Placed.Novelty.NEW)).append(" new, ");
    text.append(count(Placed.Novelty.EXISTING)).append(" existing, ");
    text.append(refused).append(" refused");
    ended.forEach((status, n) -> text.append(", ").append(n).append(' ').append(status));
    if (late > 0) {
      text.append(", ").append(late).append(" still on their way");
    }
    if (!begin.isEmpty()) {
      text.append("; the same command goes on, nothing is placed twice");
    }
    if (output.format() == Output.Format.JSON) {
      output.err().println(text);
    } else {
      output.line(text.toString());
    }
  }

  private int count(Placed.Novelty novelty) {
    return placed.getOrDefault(novelty, 0);
  }

  private ExitCode exitCode() {
    if (refused > 0) {
      return ExitCode.REFUSED;
    }
    if (late > 0) {
      return ExitCode.DEADLINE;
    }
    boolean otherwise = ended.keySet().stream().anyMatch(status -> status != OrderStatus.COMPLETED);
    return otherwise ? ExitCode.FAILED : ExitCode.OK;
  }

  @Override
  public void close() {
    progress.close();
  }
}
