package dev.orderflow.activities.probe;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.probe.ProbeActivities;
import dev.orderflow.workflows.probe.ProbeRun;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Probes through the orders' own client: what they meet is what customers meet. */
public final class ProbeActivitiesImpl implements ProbeActivities {

  /** Whose orders they are, for the ledger and the lists. */
  static final CustomerId CUSTOMER = new CustomerId("orderflow-probe");

  /** No longer than between two signs of life. */
  private static final Duration SLICE = Duration.ofSeconds(3);

  private final Optional<ProbeConfig> config;
  private final ProbeOrders orders;
  private final Transactions transactions;
  private final ProbeStore store = new ProbeStore();

  @Inject
  ProbeActivitiesImpl(Optional<ProbeConfig> config, ProbeOrders orders, Transactions transactions) {
    this.config = config;
    this.orders = orders;
    this.transactions = transactions;
  }

  /** None where the configuration has no probe any more, and only the schedule is left. */
  @Override
  public List<String> channels() {
    return config.stream()
        .flatMap(probe -> probe.channels().stream())
        .map(ProbeConfig.Target::name)
        .toList();
  }

  /** Idempotent: one row each. */
  @Override
  public void begin(ProbeRun run) {
    write(tx -> store.insert(tx, run));
  }

  /** Idempotent by the order's key. */
  @Override
  public void pay(ProbeRun run) {
    ProbeConfig probe = config.orElseThrow(() -> failed("NOT_CONFIGURED", "There is no probe."));
    orders.place(document(run, probe));
    long end = System.nanoTime() + probe.patience().toNanos();
    while (System.nanoTime() < end) {
      Optional<OrderView> ended = orders.ending(run.orderId(), SLICE);
      if (ended.isPresent()) {
        requireCompleted(ended.get());
        return;
      }
      Activity.getExecutionContext().heartbeat(null);
    }
    throw failed("NOT_IN_TIME", "The order was not completed within " + probe.patience() + ".");
  }

  private static void requireCompleted(OrderView order) {
    boolean paid =
        order.status() == OrderStatus.COMPLETED || order.status() == OrderStatus.REFUNDED;
    if (!paid) {
      Reason why =
          order.reason().orElse(new Reason(order.status().name(), "The order ended otherwise."));
      throw failed(why.code(), why.message());
    }
  }

  /** Idempotent: what is taken back stays so. */
  @Override
  public void takeBack(ProbeRun run) {
    while (true) {
      Optional<CancelReply> reply = orders.takeBack(run.orderId(), SLICE);
      if (reply.isPresent()) {
        requireTakenBack(reply.get());
        return;
      }
      Activity.getExecutionContext().heartbeat(null);
    }
  }

  private static void requireTakenBack(CancelReply reply) {
    boolean stillPaid =
        reply.verdict() == CancelReply.Verdict.IN_REVIEW || reply.status() == OrderStatus.COMPLETED;
    if (stillPaid) {
      throw failed("NOT_REFUNDED", reply.message());
    }
  }

  /** Idempotent: the first result stays. */
  @Override
  public void succeeded(ProbeRun run) {
    write(tx -> store.end(tx, run, Optional.empty()));
  }

  /** Idempotent: the first result stays. */
  @Override
  public void failed(ProbeRun run, Reason reason) {
    write(tx -> store.end(tx, run, Optional.of(reason)));
  }

  private void write(Consumer<Handle> work) {
    transactions.in(
        tx -> {
          work.accept(tx);
          return tx;
        });
  }

  private static ApplicationFailure failed(String code, String message) {
    return ApplicationFailure.newNonRetryableFailure(message, FAILED, new Reason(code, message));
  }

  private static OrderDocument document(ProbeRun run, ProbeConfig probe) {
    String token =
        probe.channels().stream()
            .filter(target -> target.name().equals(run.channel()))
            .map(target -> target.token().reveal())
            .findFirst()
            .orElseThrow(() -> failed("NOT_CONFIGURED", "The channel is not probed any more."));
    return new OrderDocument(
        run.key(),
        CUSTOMER,
        new OrderDocument.Recipient(
            "Probe", probe.mailTo().orElse(OrderDocument.Recipient.NOBODY), null),
        probe.amount().getCurrencyUnit(),
        List.of(
            new OrderDocument.Line(
                probe.article(),
                1,
                Optional.of(probe.amount().getAmount()),
                Optional.of(LineKind.FEE),
                null,
                null)),
        null,
        new OrderDocument.Payment(Optional.of(run.channel()), token),
        null);
  }
}
