package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.dev.Figures;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.worker.Role;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.config.WorkerConfig;
import io.temporal.activity.Activity;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a healthy order costs: Temporal's events, tasks and Actions, the database's statements and
 * commits. Exactly, so that nothing becomes dearer, or cheaper, unnoticed.
 */
@ExtendWith(SharedMachine.class)
class FiguresTest {

  private static final AtomicInteger COMMITS = new AtomicInteger();
  private static final AtomicInteger STATEMENTS = new AtomicInteger();

  private final Machine machine;
  private final Counter counter;

  FiguresTest(Machine machine) {
    this.machine = machine;
    this.counter = new Counter(machine);
  }

  /**
   * Counts what is done for orders, and not what sweeps them; a read is a transaction, too. What is
   * remembered for many orders, such as a channel's switch, does not go through here.
   */
  static final class Counting extends Transactions {
    private final ThreadLocal<Boolean> ofAnOrder = ThreadLocal.withInitial(() -> false);

    @Inject
    Counting(Jdbi jdbi) {
      super(jdbi);
      jdbi.setSqlLogger(
          new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
              STATEMENTS.addAndGet(ofAnOrder.get() ? 1 : 0);
            }
          });
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      return counted(() -> super.in(work));
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
      return counted(() -> super.read(work));
    }

    private <T> T counted(Supplier<T> transaction) {
      ofAnOrder.set(isActivity());
      try {
        T done = transaction.get();
        COMMITS.addAndGet(ofAnOrder.get() ? 1 : 0);
        return done;
      } finally {
        ofAnOrder.set(false);
      }
    }

    private static boolean isActivity() {
      try {
        return Activity.getExecutionContext() != null;
      } catch (IllegalStateException anotherThread) {
        return false;
      }
    }
  }

  /** What an order cost. */
  private record Cost(int tasks, int events, int actions, int statements, int commits) {}

  @Test
  void aHealthyOrderIsOneTaskFewEventsAndFewCommits() {
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

      assertThat(cost(Basket.plain("figures-plain"))).isEqualTo(new Cost(1, 11, 3, 20, 8));
      assertThat(cost(Basket.rich("figures-rich"))).isEqualTo(new Cost(1, 14, 3, 30, 13));
    }
  }

  private Cost cost(Basket basket) {
    int statements = STATEMENTS.get();
    int commits = COMMITS.get();
    carry(basket);
    Figures figures = Figures.of(machine.temporal().fetchHistory(basket.id().value()).getEvents());
    return new Cost(
        figures.workflowTasks(),
        figures.events(),
        figures.actions(),
        STATEMENTS.get() - statements,
        COMMITS.get() - commits);
  }

  private void carry(Basket basket) {
    counter.place(List.of(basket));
    counter.awaitClosed(List.of(basket));
    CampaignBooks.of(machine).mustAgree(List.of(basket));
  }
}
