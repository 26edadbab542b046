package dev.orderflow.activities.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
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

/**
 * The table {@code dispute}. Its {@code opened_at} says when the case was opened here, which is
 * when the shop heard of it; {@code opened_by_provider_at}, when the provider opened it.
 */
final class DisputeStore {

  /**
   * Whether a dispute stands against giving back of a payment: it is open; or it is lost, and the
   * bank has not taken yet what it was about, which {@code returned_minor} says then.
   */
  static final String STANDS_AGAINST_PAYMENT =
      """
      exists (
        select from dispute d
        where d.payment_key = payment.key
          and (d.state = 'OPEN'
               or (d.state = 'LOST' and (
                 select sum(lost.amount_minor) from dispute lost
                 where lost.payment_key = d.payment_key and lost.state = 'LOST'
                   and lost.currency = d.currency) > (
                 select coalesce(sum(case o.step when 'CHARGEBACK' then t.amount_minor
                                                 else -t.amount_minor end), 0)
                 from operation o join provider_transaction t on t.key = o.key
                 where o.order_id = payment.order_id
                   and o.forward_key in (payment.key, payment.capture_key)
                   and o.step in ('CHARGEBACK', 'CHARGEBACK_REVERSED')
                   and t.currency = d.currency))))
      """;

  /** Those that are not known of the payment as they are reported. */
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
                    .filter(booked -> booked.isAs(payment, dispute))
                    .isEmpty())
        .toList();
  }

  /** Opens a case; false where there is one of that reference. */
  boolean insert(Handle tx, BookedPayment payment, Dispute dispute, DisputeEvidence evidence) {
    return tx.createUpdate(
                """
                insert into dispute
                  (channel, reference, order_id, payment_key, currency, amount_minor, state,
                   reason_code, reason_message, evidence_due_by, opened_by_provider_at, evidence,
                   closed_at)
                values
                  (:channel, :reference, :order, :payment, :currency, :amount, :state, :code,
                   :message, :due, :opened, cast(:evidence as jsonb),
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
            .bind("due", time(dispute.evidenceDueBy()))
            .bind("opened", time(dispute.openedAt()))
            .bind("evidence", Json.text(evidence))
            .execute()
        == 1;
  }

  /** How it stands now, where it is open; false where it is not. */
  boolean update(Handle tx, BookedPayment payment, Dispute dispute) {
    return tx.createUpdate(
                """
            update dispute
            set state = :state, amount_minor = :amount, currency = :currency,
                evidence_due_by = :due,
                opened_by_provider_at = coalesce(opened_by_provider_at, :opened),
                closed_at = case when :state <> 'OPEN' then now() end
            where channel = :channel and reference = :reference and order_id = :order
              and state = 'OPEN'
            """)
            .bind("channel", payment.channel())
            .bind("reference", dispute.reference())
            .bind("order", payment.orderId().value())
            .bind("state", dispute.state().name())
            .bind("amount", dispute.amount().getAmountMinorLong())
            .bind("currency", dispute.amount().getCurrencyUnit().getCode())
            .bind("due", time(dispute.evidenceDueBy()))
            .bind("opened", time(dispute.openedAt()))
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
        DisputeState.valueOf(row.getString("state")),
        code == null
            ? Optional.empty()
            : Optional.of(new Reason(code, row.getString("reason_message"))),
        instant(row, "evidence_due_by"),
        instant(row, "opened_by_provider_at"),
        row.getTimestamp("opened_at").toInstant(),
        instant(row, "closed_at"),
        evidence(row.getString("evidence")));
  }

  private static OffsetDateTime time(Optional<Instant> at) {
    return at.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
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
