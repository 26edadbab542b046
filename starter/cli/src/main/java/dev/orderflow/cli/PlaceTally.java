package dev.orderflow.cli;

import dev.orderflow.client.Placed;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How many of a file's orders were placed, refused, and ended how. For one thread at a time. */
final class PlaceTally {

  private final Map<Placed.Novelty, Integer> placed = new EnumMap<>(Placed.Novelty.class);
  private final Map<OrderStatus, Integer> ended = new EnumMap<>(OrderStatus.class);
  private int refused;
  private int late;

  void placed(Placed.Novelty novelty) {
    placed.merge(novelty, 1, Integer::sum);
  }

  /** It was waited for; without a status it had not ended in time. */
  void awaited(Optional<OrderStatus> status) {
    status.ifPresentOrElse(ending -> ended.merge(ending, 1, Integer::sum), () -> late++);
  }

  void refused() {
    refused++;
  }

  /** For people, in one line. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(count(Placed.Novelty.NEW)).append(" new, ");
    text.append(count(Placed.Novelty.EXISTING)).append(" existing, ");
    text.append(refused).append(" refused");
    ended.forEach((status, n) -> text.append(", ").append(n).append(' ').append(status));
    if (late > 0) {
      text.append(", ").append(late).append(" still on their way");
    }
    return text.toString();
  }

  private int count(Placed.Novelty novelty) {
    return placed.getOrDefault(novelty, 0);
  }

  ExitCode exitCode() {
    if (refused > 0) {
      return ExitCode.REFUSED;
    }
    if (late > 0) {
      return ExitCode.DEADLINE;
    }
    boolean otherwise = ended.keySet().stream().anyMatch(status -> status != OrderStatus.COMPLETED);
    return otherwise ? ExitCode.FAILED : ExitCode.OK;
  }
}
