package dev.orderflow.worker.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.inventory.NotInStockException;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.check.DatabaseChecks;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.Remedy;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.OrderWorkflow;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Consumer;

/** How a command speaks with the stores directly, without a worker. */
final class LedgerAccess {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private LedgerAccess() {}

  /** Lets {@code work} use a store of {@code type}. */
  static <T> int with(ConfigOption file, Class<T> type, Consumer<T> work) {
    WorkerConfig config = file.read();
    try {
      new DatabaseChecks(config.database()).reachable(PATIENCE).require();
    } catch (Refusal e) {
      throw e.toCli();
    }
    Injector injector = Guice.createInjector(new ActivitiesModule(config));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      work.accept(injector.getInstance(type));
      return ExitCode.OK.code();
    } catch (RuntimeException e) {
      throw explained(e);
    }
  }

  private static RuntimeException explained(RuntimeException e) {
    if (e instanceof NotInStockException) {
      return new CliException(ExitCode.CONFLICT, e.getMessage(), e);
    }
    if (e instanceof ApplicationFailure failure
        && failure.getType().equals(OrderWorkflow.ARCHIVED)) {
      return new CliException(ExitCode.CONFLICT, failure.getOriginalMessage(), e);
    }
    return SqlState.NO_SUCH_TABLE.isOf(e)
        ? new CliException(ExitCode.FAILED, "the tables are missing; " + Remedy.SETUP, e)
        : e;
  }
}
