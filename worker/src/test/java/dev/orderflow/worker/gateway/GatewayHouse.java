package dev.orderflow.worker.gateway;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.inbox.InboxConfig;
import dev.orderflow.activities.inbox.InboxModule;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.DatabaseModule;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.worker.config.CodecConfig;
import dev.orderflow.worker.config.GatewayConfig;
import dev.orderflow.workflows.order.OrderId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** A PostgreSQL with an inbox, and gateways before it that tell nobody but this. */
final class GatewayHouse implements AutoCloseable {

  final ConcurrentLinkedQueue<OrderId> told = new ConcurrentLinkedQueue<>();
  final Map<OrderId, Supplier<RuntimeException>> failures = new ConcurrentHashMap<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  Inbox inbox;
  final Reports reports = this::report;

  private final EmbeddedPostgres postgres;
  private final Injector injector;

  GatewayHouse() throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .start();
    DatabaseConfig database = DatabaseConfig.of(postgres.getJdbcUrl("postgres", "postgres"));
    new Migrations(database).migrate();
    injector =
        Guice.createInjector(new DatabaseModule(database), new InboxModule(InboxConfig.defaults()));
    inbox = injector.getInstance(Inbox.class);
  }

  /** Receives, and delivers when it is begun. */
  Gateway gateway(PaymentChannel... more) {
    Map<String, PaymentChannel> channels = new HashMap<>();
    channels.put(CallingChannel.NAME, CallingChannel.named(CallingChannel.NAME, () -> {}));
    for (PaymentChannel channel : more) {
      channels.put(channel.name(), channel);
    }
    return new Gateway(
        new GatewayConfig("127.0.0.1:0", null, Optional.empty()),
        CodecConfig.defaults(),
        channels,
        inbox,
        reports,
        meters);
  }

  /** An order that the ledger knows. */
  OrderId order(String key) {
    OrderId id = OrderId.ofKey(key);
    execute(
        """
        insert into sales_order (id, client_key, fingerprint, customer_id, status, currency,
          document, refund_window_seconds, ending)
        values ('%s', '%s', repeat('0', 64), 'c-1', 'PLACED', 'EUR', '{}', 0, 'REJECTED')
        """
            .formatted(id, key));
    return id;
  }

  void execute(String sql) {
    injector.getInstance(Jdbi.class).useHandle(handle -> handle.execute(sql));
  }

  /** What was planned for later is due now. */
  void timePasses(Duration time) {
    execute("update inbox set due_at = due_at - interval '%d seconds'".formatted(time.toSeconds()));
  }

  /** As one round of the loop does it, in this thread. */
  int deliverDue() {
    Delivery delivery = new Delivery(inbox, reports, meters);
    List<Received> due = inbox.take(100, Delivery.LEASE);
    due.forEach(delivery::deliver);
    return due.size();
  }

  Received only() {
    List<Received> all = inbox.list(Optional.empty(), 10);
    if (all.size() != 1) {
      throw new AssertionError(all);
    }
    return all.get(0);
  }

  double count(String reception) {
    return meters.find("orderflow.callbacks").tag("reception", reception).counters().stream()
        .mapToDouble(c -> c.count())
        .sum();
  }

  void empty() {
    execute("truncate inbox; delete from sales_order");
    // As a process does that has seen nothing yet.
    inbox = injector.getInstance(Inbox.class);
    told.clear();
    failures.clear();
    meters.clear();
  }

  private void report(OrderId order) {
    Optional.ofNullable(failures.get(order))
        .ifPresent(
            failure -> {
              throw failure.get();
            });
    told.add(order);
  }

  @Override
  public void close() throws IOException {
    injector.getInstance(HikariDataSource.class).close();
    postgres.close();
  }
}
