package dev.orderflow.activities.settlement;

import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A day of one channel: what the ledger booked, what the provider reports, who was told. */
final class Day implements SettlementReports, Comparison.Pulse {

  static final String HEADER =
      "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at\n";

  private final TestDatabase database;
  final ReconcileRequest request;
  final List<OrderId> told = new ArrayList<>();
  final List<ReconcileMark> beats = new ArrayList<>();
  private final StringBuilder rows = new StringBuilder();
  private Function<InputStream, InputStream> line = report -> report;
  private boolean there = true;

  Day(TestDatabase database, String channel) {
    this(database, ReconcileRequest.of(channel, LocalDate.of(2026, 3, 4)));
  }

  private Day(TestDatabase database, ReconcileRequest request) {
    this.database = database;
    this.request = request;
  }

  /** The next one of the same channel; nothing is reported of it yet. */
  Day after() {
    return new Day(database, ReconcileRequest.of(request.channel(), request.date().plusDays(1)));
  }

  /** The provider says so, too. */
  void reports(String reference, String kind, String currency, long amount, String order) {
    rows.append(
        "%s,%s,%s,%d,%s,,%sT12:00:00Z%n"
            .formatted(reference, kind, currency, amount, order, request.date()));
  }

  void reportsText(String text) {
    rows.append(text);
  }

  void reportIsThere(boolean now) {
    there = now;
  }

  /** Reads the report through something. */
  void through(Function<InputStream, InputStream> hiccup) {
    line = hiccup;
  }

  /** The ledger booked it at noon. */
  void booked(String reference, String kind, long amount, String order, String state) {
    booked(reference, kind, amount, order, state, "12:00");
  }

  void booked(String reference, String kind, long amount, String order, String state, String time) {
    String moment = request.date() + " " + time + "+00";
    String key = order + "/" + kind.toLowerCase(java.util.Locale.ROOT) + "/" + reference.hashCode();
    database.execute(
        """
        insert into operation (key, order_id, step, n, state, fingerprint, created_at, updated_at)
        values ('%s', '%s', '%s', %d, '%s', '%s', '%s', '%s')
        """
            .formatted(
                key,
                order,
                kind.equals("AUTHORIZATION") ? "AUTHORIZE" : kind,
                Math.abs(reference.hashCode()) + 1,
                state,
                "0".repeat(64),
                moment,
                moment));
    database.execute(
        """
        insert into provider_transaction
          (channel, reference, key, kind, currency, amount_minor, merchant_reference, reported_at)
        values ('%s', '%s', '%s', '%s', 'EUR', %d, '%s', '%s')
        """
            .formatted(request.channel(), reference, key, kind, amount, order, moment));
  }

  /** The ledger booked it, and its order is archived since. */
  void archived(String reference, String kind, long amount, String order) {
    database.execute(
        """
        insert into archived_transaction
          (channel, reference, order_id, kind, currency, amount_minor, reported_at, booked)
        values ('%s', '%s', '%s', '%s', 'EUR', %d, '%s 12:00+00', true)
        """
            .formatted(request.channel(), reference, order, kind, amount, request.date()));
    database.execute("update sales_order set archived_at = now() where id = '" + order + "'");
  }

  /** What came for a payment that was over is booked under a key of its own. */
  void received(String reference, String order) {
    database.execute(
        """
        insert into operation (key, order_id, step, n, state, fingerprint, reference)
        values ('%s/receive', '%s', 'RECEIVE', 1, 'SUCCEEDED', '%s', '%s')
        """
            .formatted(order, order, "0".repeat(64), reference));
  }

  void orderIs(String order) {
    database.execute(
        """
        insert into sales_order
          (id, client_key, fingerprint, customer_id, status, currency, total, plan, document,
           refund_window_seconds)
        values ('%s', '%s', '%s', 'c', 'PLACED', 'EUR', 100, '{}', '{}', 0)
        """
            .formatted(order, order, "0".repeat(64)));
  }

  long compare() {
    return database.get(Comparison.class).compare(request, Set.of(request.channel()), this, this);
  }

  long signal() {
    return desk().signal(request, () -> {});
  }

  Reconciliation settle(long count) {
    return desk().settle(request, count);
  }

  /** All of it. */
  Reconciliation reconcile() {
    beats.clear();
    long count = compare();
    signal();
    return settle(count);
  }

  private ReconcileActivitiesImpl desk() {
    return new ReconcileActivitiesImpl(
        Map.of(request.channel(), this),
        database.get(Comparison.class),
        database.get(Differences.class),
        database.get(Transactions.class),
        order -> {
          told.add(order);
          return OrderHints.Told.SENT;
        });
  }

  /** Every difference of the channel, as text, sorted. */
  List<String> differences() {
    return database
        .get(org.jdbi.v3.core.Jdbi.class)
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select reference || ' ' || difference || ' ' || state
                        from settlement_difference where channel = :channel order by 1
                        """)
                    .bind("channel", request.channel())
                    .mapTo(String.class)
                    .list());
  }

  @Override
  public Optional<InputStream> open(LocalDate date) throws IOException {
    byte[] bytes = (HEADER + rows).getBytes(StandardCharsets.UTF_8);
    return there ? Optional.of(line.apply(new ByteArrayInputStream(bytes))) : Optional.empty();
  }

  @Override
  public Optional<ReconcileMark> last() {
    return beats.isEmpty() ? Optional.empty() : Optional.of(beats.get(beats.size() - 1));
  }

  @Override
  public void beat(ReconcileMark mark) {
    beats.add(mark);
  }
}
