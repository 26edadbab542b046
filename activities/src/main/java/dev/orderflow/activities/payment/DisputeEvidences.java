package dev.orderflow.activities.payment;

import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.activities.payment.DisputeEvidence.Line;
import dev.orderflow.activities.payment.DisputeEvidence.Mail;
import dev.orderflow.activities.payment.DisputeEvidence.Transaction;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Gathers what the ledger knows of an order for a dispute; reads tables of several rooms. */
final class DisputeEvidences {

  DisputeEvidence of(Handle tx, StoredOrder order) {
    OrderPlan plan = order.plan().orElseThrow();
    return new DisputeEvidence(
        order.document().customer(),
        order.placedAt(),
        order.completedAt(),
        plan.total(),
        plan.lines().stream()
            .map(
                line ->
                    new Line(
                        line.number(), line.article(), line.name(), line.quantity(), line.net()))
            .toList(),
        mails(tx, order.id()),
        payments(tx, order.id()));
  }

  private static List<Mail> mails(Handle tx, OrderId order) {
    return tx.createQuery("select * from message where order_id = :order order by created_at, key")
        .bind("order", order.value())
        .map(
            (row, context) ->
                new Mail(
                    row.getString("event"),
                    row.getString("state"),
                    row.getString("message_id"),
                    row.getTimestamp("updated_at").toInstant()))
        .list();
  }

  private static List<Transaction> payments(Handle tx, OrderId order) {
    return tx.createQuery(
            """
            select t.*, o.updated_at
            from provider_transaction t join operation o on o.key = t.key
            where o.order_id = :order
              and (o.state = 'SUCCEEDED'
                   -- Money that came late is booked under a key of its own, by the same name.
                   or exists (select from operation r
                              where r.order_id = :order and r.step = 'RECEIVE'
                                and r.reference = t.reference))
            order by o.seq
            """)
        .bind("order", order.value())
        .map(
            (row, context) ->
                new Transaction(
                    StepKey.parse(row.getString("key")),
                    ProviderTransaction.Kind.valueOf(row.getString("kind")),
                    row.getString("reference"),
                    Money.ofMinor(
                        CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
                    row.getTimestamp("updated_at").toInstant()))
        .list();
  }
}
