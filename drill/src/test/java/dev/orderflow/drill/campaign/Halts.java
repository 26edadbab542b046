package dev.orderflow.drill.campaign;

import dev.orderflow.workflows.order.OrderId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * Stops a thread for ever where the process is to die, once it has said so. A further attempt at
 * the same effect fails there instead, so that on a slow machine those that wait for their end do
 * not take all the room.
 */
final class Halts {

  private final Set<Point> points;
  private final Path reached;
  private final Set<Point> told = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Call> current = new ThreadLocal<>();

  /** The call that a thread is in. */
  record Call(OrderId order, String word) {}

  /**
   * @param points one {@link Point} a line
   * @param reached where each is added when it is reached
   */
  Halts(Path points, Path reached) throws IOException {
    this.points = Files.readAllLines(points).stream().map(Point::parse).collect(Collectors.toSet());
    this.reached = reached;
  }

  void enter(Call call) {
    current.set(call);
    at(Position.BEFORE);
  }

  void leave() {
    current.remove();
  }

  /** Does not return where the current call is to end here. */
  void at(Position position) {
    Call call = current.get();
    if (call == null) {
      return;
    }
    Point here = new Point(call.order(), call.word(), position);
    if (points.contains(here)) {
      if (!told.add(here)) {
        throw new IllegalStateException("stopped before at " + here);
      }
      tell(here);
      stop();
    }
  }

  private synchronized void tell(Point here) {
    try {
      Files.writeString(reached, here + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // Whoever is to die does not hurry.
      }
    }
  }
}
