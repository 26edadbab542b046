package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.worker.Role;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.config.WorkerConfig;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a healthy order costs: Temporal's events and tasks, the database's commits. */
@ExtendWith(SharedMachine.class)
class FiguresTest {

  private static final AtomicInteger COMMITS = new AtomicInteger();

  private final Machine machine;
  private final Counter counter;

  FiguresTest(Machine machine) {
    this.machine = machine;
    this.counter = new Counter(machine);
  }

  /** Counts; a read is a transaction, too. */
  static final class Counting extends Transactions {
    @Inject
    Counting(Jdbi jdbi) {
      super(jdbi);
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      T done = super.in(work);
      COMMITS.incrementAndGet();
      return done;
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
      T found = super.read(work);
      COMMITS.incrementAndGet();
      return found;
    }
  }

  @Test
  void aHealthyOrderIsOneTaskAndFewCommits() {
    AbstractModule counting =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Transactions.class).to(Counting.class).in(Singleton.class);
          }
        };
    machine.withoutWorker();
    try (RunningWorker worker =
        RunningWorker.prepare(WorkerConfig.read(machine.config()), Role.WORKER, counting)) {
      // A gateway's looks into its inbox are no order's.
      worker.begin();
      carry(Basket.rich("figures-first"));

      costsAtMost(Basket.plain("figures-plain"), 12, 9);
      costsAtMost(Basket.rich("figures-rich"), 15, 13);
    }
  }

  private void costsAtMost(Basket basket, int events, int commits) {
    int before = COMMITS.get();
    carry(basket);
    int counted = COMMITS.get() - before;
    List<HistoryEvent> history = machine.temporal().fetchHistory(basket.id().value()).getEvents();
    String told = history.stream().map(e -> e.getEventType().name()).toList().toString();

    assertThat(history)
        .as(told)
        .filteredOn(e -> e.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .hasSize(1);
    assertThat(history).as(told).hasSizeLessThanOrEqualTo(events);
    assertThat(counted).as("commits of %s", basket.name()).isLessThanOrEqualTo(commits);
  }

  private void carry(Basket basket) {
    counter.place(List.of(basket));
    counter.awaitClosed(List.of(basket));
    machine.books().mustAgree(List.of(basket));
  }
}
