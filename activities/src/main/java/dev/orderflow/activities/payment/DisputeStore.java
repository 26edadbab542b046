package dev.orderflow.activities.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The table {@code dispute}. */
final class DisputeStore {

  /** Those that are not known as they are reported; what was decided stays so. */
  List<Dispute> news(Handle tx, BookedPayment payment, List<Dispute> reported) {
    Map<String, DisputeCase> known =
        tx
            .createQuery(
                """
                select * from dispute where channel = :channel and reference in (<references>)
                """)
            .bind("channel", payment.channel())
            .bindList("references", reported.stream().map(Dispute::reference).toList())
            .map(DisputeStore::dispute)
            .list()
            .stream()
            .collect(Collectors.toMap(DisputeCase::reference, Function.identity()));
    return reported.stream()
        .filter(
            dispute ->
                Optional.ofNullable(known.get(dispute.reference()))
                    .filter(booked -> booked.isSettled() || booked.isAs(dispute))
                    .isEmpty())
        .toList();
  }

  /** Opens a case; does nothing where it is known already. */
  void insert(Handle tx, BookedPayment payment, Dispute dispute, DisputeEvidence evidence) {
    tx.createUpdate(
            """
                insert into dispute
                  (channel, reference, order_id, payment_key, currency, amount_minor, state,
                   reason_code, reason_message, evidence_due_by, evidence, closed_at)
                values
                  (:channel, :reference, :order, :payment, :currency, :amount, :state, :code,
                   :message, :due, cast(:evidence as jsonb),
                   case when :state <> 'OPEN' then now() end)
                on conflict do nothing
                """)
        .bind("channel", payment.channel())
        .bind("reference", dispute.reference())
        .bind("order", payment.orderId().value())
        .bind("payment", payment.key().toString())
        .bind("currency", dispute.amount().getCurrencyUnit().getCode())
        .bind("amount", dispute.amount().getAmountMinorLong())
        .bind("state", dispute.state().name())
        .bind("code", dispute.reason().map(Reason::code).orElse(null))
        .bind("message", dispute.reason().map(Reason::message).orElse(null))
        .bind("due", dispute.evidenceDueBy().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
        .bind("evidence", Json.text(evidence))
        .execute();
  }

  /** How it stands now, where it is open; false where it is not. */
  boolean update(Handle tx, BookedPayment payment, Dispute dispute) {
    return tx.createUpdate(
                """
            update dispute
            set state = :state, amount_minor = :amount, currency = :currency,
                evidence_due_by = :due, closed_at = case when :state <> 'OPEN' then now() end
            where channel = :channel and reference = :reference and order_id = :order
              and state = 'OPEN'
            """)
            .bind("channel", payment.channel())
            .bind("reference", dispute.reference())
            .bind("order", payment.orderId().value())
            .bind("state", dispute.state().name())
            .bind("amount", dispute.amount().getAmountMinorLong())
            .bind("currency", dispute.amount().getCurrencyUnit().getCode())
            .bind(
                "due", dispute.evidenceDueBy().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
            .execute()
        == 1;
  }

  List<DisputeCase> ofOrder(Handle tx, OrderId order) {
    return tx.createQuery("select * from dispute where order_id = :order order by opened_at")
        .bind("order", order.value())
        .map(DisputeStore::dispute)
        .list();
  }

  List<DisputeCase> open(Handle tx, int atMost) {
    return tx.createQuery(
            """
            select * from dispute where state = 'OPEN'
            order by evidence_due_by nulls last, opened_at, reference limit :most
            """)
        .bind("most", atMost)
        .map(DisputeStore::dispute)
        .list();
  }

  List<DisputeCase> latest(Handle tx, int atMost) {
    return tx.createQuery("select * from dispute order by opened_at desc, reference limit :most")
        .bind("most", atMost)
        .map(DisputeStore::dispute)
        .list();
  }

  private static DisputeCase dispute(ResultSet row, StatementContext context) throws SQLException {
    String code = row.getString("reason_code");
    return new DisputeCase(
        row.getString("channel"),
        row.getString("reference"),
        new OrderId(row.getString("order_id")),
        StepKey.parse(row.getString("payment_key")),
        Money.ofMinor(CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
        Dispute.State.valueOf(row.getString("state")),
        code == null
            ? Optional.empty()
            : Optional.of(new Reason(code, row.getString("reason_message"))),
        instant(row, "evidence_due_by"),
        row.getTimestamp("opened_at").toInstant(),
        instant(row, "closed_at"),
        evidence(row.getString("evidence")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static DisputeEvidence evidence(String text) {
    try {
      return Json.MAPPER.readValue(text, DisputeEvidence.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the evidence of a dispute can't be read", e);
    }
  }
}
