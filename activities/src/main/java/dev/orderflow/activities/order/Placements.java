package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderFingerprint;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes orders into the tables {@code sales_order} and {@code order_line}. */
@Singleton
class Placements {

  /** An order to write down. */
  record Placed(OrderId id, OrderDocument document, Assessment assessment, Duration refundWindow) {}

  /** A line as the statement that writes it reads it. */
  private record LineRow(
      int number,
      String article,
      String name,
      String kind,
      int quantity,
      long unit,
      String rate,
      boolean included,
      long gross,
      long discount) {}

  /** Writes the order with its lines; false when its key has an order. */
  boolean insert(Handle tx, Placed order) {
    String sql =
        """
        with placed as (
          insert into sales_order
            (id, client_key, fingerprint, customer_id, status, reason_code, reason_message,
             currency, total, plan, document, refund_window_seconds, ending, ended_at)
          values
            (:id, :key, :fingerprint, :customer, :status, :code, :message, :currency, :total,
             cast(:plan as jsonb), cast(:document as jsonb), :window, :ending,
             case when cast(:ending as text) is not null then now() end)
          on conflict do nothing
          returning id
        ), lines as (
          insert into order_line
            (order_id, number, article, name, kind, quantity, unit_price, tax_rate, tax_included,
             currency, gross, discount)
          select placed.id, l.number, l.article, l.name, l.kind, l.quantity, l.unit, l.rate,
                 l.included, :currency, l.gross, l.discount
          from placed, jsonb_to_recordset(cast(:lines as jsonb)) as l
            (number integer, article text, name text, kind text, quantity integer, unit bigint,
             rate numeric, included boolean, gross bigint, discount bigint)
        )
        select count(*) from placed
        """;
    OrderDocument document = order.document();
    Assessment assessment = order.assessment();
    Optional<Assessment.Possible> possible =
        assessment instanceof Assessment.Possible p ? Optional.of(p) : Optional.empty();
    Optional<Reason> why =
        assessment instanceof Assessment.Impossible no ? Optional.of(no.why()) : Optional.empty();
    OrderStatus status = possible.isPresent() ? OrderStatus.PLACED : OrderStatus.REJECTED;
    return tx.createQuery(sql)
            .bind("id", order.id().value())
            .bind("key", document.key())
            .bind("fingerprint", OrderFingerprint.of(document))
            .bind("customer", document.customer().value())
            .bind("status", status.name())
            .bind("code", why.map(Reason::code).orElse(null))
            .bind("message", why.map(Reason::message).orElse(null))
            .bind("currency", document.currency().getCode())
            .bind("total", possible.map(p -> p.plan().total().getAmountMinorLong()).orElse(null))
            .bind("plan", possible.map(p -> Json.text(p.plan())).orElse(null))
            .bind("document", Json.text(document))
            .bind("window", order.refundWindow().toSeconds())
            .bind("ending", why.map(reason -> status.name()).orElse(null))
            .bind("lines", Json.text(possible.map(Placements::rows).orElse(List.of())))
            .mapTo(Long.class)
            .one()
        == 1;
  }

  private static List<LineRow> rows(Assessment.Possible order) {
    return order.lines().stream()
        .map(
            line ->
                new LineRow(
                    line.number(),
                    line.article(),
                    line.name(),
                    line.kind().name(),
                    line.quantity(),
                    line.price().unit().getAmountMinorLong(),
                    line.price().taxRate().toPlainString(),
                    line.price().taxIncluded(),
                    line.gross().getAmountMinorLong(),
                    line.discount().getAmountMinorLong()))
        .toList();
  }
}
