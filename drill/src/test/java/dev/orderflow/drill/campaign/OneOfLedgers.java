package dev.orderflow.drill.campaign;

import dev.orderflow.activities.audit.Audit;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.client.OrderClient;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.ReconcileWorkflow;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;

/** One of several ledgers on a machine: a database, a task queue, who works there and who asks. */
final class OneOfLedgers implements AutoCloseable {

  private final Machine machine;
  private final String database;
  private final String taskQueue;
  private final OrderClient orders;
  private final RunningWorker worker;

  /** What the audit of a ledger says. */
  record Audited(Audit.Result result, List<Audit.Finding> findings) {}

  /**
   * Makes an empty ledger, and begins to work there.
   *
   * @param settings of its worker, besides the database and the task queue
   */
  OneOfLedgers(Machine machine, int number, String settings) throws IOException {
    this.machine = machine;
    database = "ledger_" + number;
    taskQueue = "orders-" + number;
    String own =
        """
        database.url = "%s"
        database.pool-size = 10
        temporal.task-queue = "%s"
        """
            .formatted(machine.addresses().database().replaceFirst("[^/]*$", database), taskQueue);
    WorkerConfig config = WorkerConfig.read(machine.config(own + settings));
    machine.ledger().useHandle(tx -> tx.execute("create database " + database));
    new Migrations(config.database()).migrate();
    orders = OrderClient.over(machine.temporal(), taskQueue);
    worker = RunningWorker.start(config);
  }

  /** Asks on the ledger's task queue. */
  OrderClient orders() {
    return orders;
  }

  /** The ledger beside what the provider and the mail sink say. */
  CampaignBooks books() {
    return CampaignBooks.of(jdbi(), machine);
  }

  private Jdbi jdbi() {
    return worker.injector().getInstance(Jdbi.class);
  }

  Audited audit() {
    List<Audit.Finding> findings = new ArrayList<>();
    Audit audit = worker.injector().getInstance(Audit.class);
    return new Audited(audit.carryOut(findings::add, read -> {}), findings);
  }

  /** Compares today's report of the provider with this ledger. */
  Reconciliation reconcile() {
    ReconcileRequest today =
        new ReconcileRequest("sandbox", LocalDate.now(ZoneOffset.UTC), Duration.ofSeconds(1));
    WorkflowOptions here =
        WorkflowOptions.newBuilder()
            .setTaskQueue(taskQueue)
            .setWorkflowId(today.workflowId())
            .build();
    return machine.temporal().newWorkflowStub(ReconcileWorkflow.class, here).reconcile(today);
  }

  /** The provider's names of what waits for a person since a reconciliation. */
  List<String> openDifferences() {
    return words("select reference from settlement_difference where state = 'OPEN'");
  }

  /** Articles and coupons of which orders have had something. */
  List<String> spent() {
    return words(
        """
        select article from stock where on_hand <> %d or reserved <> 0
        union
        select code from coupon where uses_taken <> 0 and granted_by is null
        """
            .formatted(Basket.ON_HAND));
  }

  /** Of which of these orders the provider has told, and where that stands: {@code ID PARKED}. */
  Set<String> heardOf(Set<String> orders) {
    Set<String> heard =
        new TreeSet<>(words("select concat_ws(' ', merchant_reference, state) from inbox"));
    heard.removeIf(said -> !orders.contains(said.split(" ")[0]));
    return heard;
  }

  private List<String> words(String sql) {
    return jdbi().withHandle(tx -> tx.createQuery(sql).mapTo(String.class).list());
  }

  /** Every order id that stands anywhere in any row of any table, but of these. */
  Set<String> ordersNamed(Set<String> otherTables) {
    Set<String> tables =
        new TreeSet<>(
            words(
                """
                select table_name from information_schema.tables
                where table_schema = 'public' and table_type = 'BASE TABLE'
                """));
    tables.removeAll(otherTables);
    Set<String> named = new TreeSet<>();
    for (String table : tables) {
      named.addAll(
          words(
              """
              select distinct found[1]
              from "%s" t, lateral regexp_matches(t::text, 'ord-[0-9a-v]{20}', 'g') found
              """
                  .formatted(table)));
    }
    return named;
  }

  @Override
  public void close() {
    worker.close();
    orders.close();
    machine.ledger().useHandle(tx -> tx.execute("drop database " + database + " with (force)"));
  }
}
