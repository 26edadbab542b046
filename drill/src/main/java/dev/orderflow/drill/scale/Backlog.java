package dev.orderflow.drill.scale;

import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.client.document.OrderReader;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Orders without end: for each that is through another one is placed, by a thread of its own. */
final class Backlog implements PlaceListener<Integer>, AutoCloseable {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** So many that the way to Temporal is not the bound. */
  private static final int AT_A_TIME = 8;

  private final Machine machine;
  private final int size;
  private final String token;
  private final Thread thread = new Thread(this::place, "backlog");
  private volatile boolean stopped;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  /** Taken by one thread at a time. */
  private volatile int placed;

  private Backlog(Machine machine, WorkersPlan plan) {
    this.machine = machine;
    this.size = plan.backlog();
    this.token = "slow:" + plan.answer().toMillis();
  }

  static Backlog start(Machine machine, WorkersPlan plan) {
    Backlog backlog = new Backlog(machine, plan);
    backlog.thread.start();
    return backlog;
  }

  private void place() {
    try {
      machine.orders().placeAll(numbers(), this::document, AT_A_TIME, this);
    } catch (CancellationException asked) {
      // It is closed.
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  /** The next one when there is room for it. */
  private Iterator<Integer> numbers() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (!stopped && completed() + size <= placed) {
          LockSupport.parkNanos(LOOK_NANOS);
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted");
          }
        }
        return !stopped;
      }

      @Override
      public Integer next() {
        int number = placed;
        placed = number + 1;
        return number;
      }
    };
  }

  private OrderDocument document(int number) {
    String order = Wares.order("workers-" + number, number, token);
    return OrderReader.read(order.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void placed(Integer number, Placed order) {
    // It is counted when it is carried out.
  }

  @Override
  public void refused(Integer number, RuntimeException why) {
    throw why;
  }

  /**
   * How many orders are carried out.
   *
   * @throws RuntimeException where no more could be placed
   */
  int completed() {
    failure.ifPresent(
        why -> {
          throw why;
        });
    String sql = "select count(*) from sales_order where completed_at is not null";
    return machine.ledger().withHandle(tx -> tx.createQuery(sql).mapTo(Integer.class).one());
  }

  /** The orders that were carried out last. */
  List<OrderId> last(int count) {
    String sql =
        """
        select id from sales_order where completed_at is not null
        order by completed_at desc limit :count
        """;
    return machine
        .ledger()
        .withHandle(
            tx ->
                tx.createQuery(sql)
                    .bind("count", count)
                    .mapTo(String.class)
                    .map(OrderId::new)
                    .list());
  }

  /** Places no more, and returns how many were placed. */
  int stop() throws InterruptedException {
    stopped = true;
    thread.join();
    return placed;
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
