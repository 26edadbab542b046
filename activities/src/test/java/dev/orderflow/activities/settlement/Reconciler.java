package dev.orderflow.activities.settlement;

import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Reconciles a provider's own report of a day, as the workflow does. */
public final class Reconciler {
  private final TestDatabase database;
  private final ReconcileRequest request;
  private final SettlementReports reports;
  private final List<OrderId> told = new ArrayList<>();

  public Reconciler(
      TestDatabase database, String channel, LocalDate date, SettlementReports reports) {
    this.database = database;
    this.request = ReconcileRequest.of(channel, date);
    this.reports = reports;
  }

  /**
   * All of it.
   *
   * @param order what an order does that is told
   */
  public Reconciliation reconcile(Consumer<OrderId> order) {
    Comparison.Pulse pulse =
        new Comparison.Pulse() {
          @Override
          public Optional<ReconcileMark> last() {
            return Optional.empty();
          }

          @Override
          public void beat(ReconcileMark mark) {
            // Nobody dies in between.
          }
        };
    ReconcileActivitiesImpl desk =
        new ReconcileActivitiesImpl(
            Map.of(request.channel(), reports),
            database.get(Comparison.class),
            database.get(Differences.class),
            database.get(Transactions.class),
            id -> {
              told.add(id);
              order.accept(id);
              return OrderHints.Told.SENT;
            });
    long rows =
        database
            .get(Comparison.class)
            .compare(request, reports.covers(request.channel()), reports, pulse);
    desk.signal(request, () -> {});
    return desk.settle(request, rows);
  }

  /** Who was told, so far. */
  public List<OrderId> told() {
    return List.copyOf(told);
  }

  /** Every difference of an order, whatever became of it, as text, sorted. */
  public List<String> differences(OrderId order) {
    return database
        .get(Jdbi.class)
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select coalesce(kind, ledger_kind) || ' ' || difference || ' ' || state
                        from settlement_difference where order_id = :order order by 1
                        """)
                    .bind("order", order.value())
                    .mapTo(String.class)
                    .list());
  }
}
