package dev.orderflow.activities.settlement;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every difference has one row by its key, and moves forward only. */
public final class ReconcileActivitiesImpl implements ReconcileActivities {

  private static final int PAGE = 200;

  private final Map<String, SettlementReports> reports;
  private final Comparison comparison;
  private final Differences differences;
  private final Transactions transactions;
  private final OrderHints hints;

  @Inject
  ReconcileActivitiesImpl(
      Map<String, SettlementReports> reports,
      Comparison comparison,
      Differences differences,
      Transactions transactions,
      OrderHints hints) {
    this.reports = reports;
    this.comparison = comparison;
    this.differences = differences;
    this.transactions = transactions;
    this.hints = hints;
  }

  @Override
  public List<String> channels() {
    return reports.keySet().stream().sorted().toList();
  }

  /** Idempotent: a difference is written down once. */
  @Override
  public long compare(ReconcileRequest request) {
    return comparison.compare(request, covered(request), of(request), new Heartbeat());
  }

  /** Idempotent: a hint may come twice, and who was told is noted. */
  @Override
  public long signal(ReconcileRequest request) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return signal(request, () -> context.heartbeat(null));
  }

  long signal(ReconcileRequest request, Runnable alive) {
    Optional<OrderId> last = Optional.empty();
    while (true) {
      Optional<OrderId> after = last;
      List<OrderId> page = transactions.read(tx -> differences.toTell(tx, request, after, PAGE));
      if (page.isEmpty()) {
        return transactions.read(tx -> differences.signalled(tx, request));
      }
      for (OrderId order : page) {
        if (hints.paymentReported(order) == OrderHints.Told.SENT) {
          transactions.in(
              tx -> {
                differences.told(tx, request, order);
                return order;
              });
        }
        alive.run();
      }
      last = Optional.of(page.get(page.size() - 1));
    }
  }

  /** Idempotent: what agrees is no difference. */
  @Override
  public Reconciliation settle(ReconcileRequest request, long rows) {
    return transactions.in(
        tx -> {
          differences.mend(tx, request, covered(request));
          return differences.count(tx, request, rows);
        });
  }

  private Set<String> covered(ReconcileRequest request) {
    return of(request).covers(request.channel());
  }

  private SettlementReports of(ReconcileRequest request) {
    return Optional.ofNullable(reports.get(request.channel()))
        .orElseThrow(
            () ->
                ApplicationFailure.newNonRetryableFailure(
                    "there are no settlement reports of channel " + request.channel(), UNREADABLE));
  }

  /** Temporal's own. */
  private static final class Heartbeat implements Comparison.Pulse {
    private final ActivityExecutionContext context = Activity.getExecutionContext();

    @Override
    public Optional<ReconcileMark> last() {
      return context.getHeartbeatDetails(ReconcileMark.class);
    }

    @Override
    public void beat(ReconcileMark mark) {
      context.heartbeat(mark);
    }
  }
}
