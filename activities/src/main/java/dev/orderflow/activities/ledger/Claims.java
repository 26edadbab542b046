package dev.orderflow.activities.ledger;

import dev.orderflow.activities.ledger.Operations.Row;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/** The claims on calls in the table {@code operation}, and the table {@code discrepancy}. */
final class Claims {

  /** The row of a new call; empty when the key has a row. */
  Optional<Instant> insertPending(Handle tx, StepKey key, Payload payload, Duration lease) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, fingerprint, claim, lease_until, first_sent_at,
           last_sent_at, forward_key)
        select :key, :order, :step, :n, 'PENDING', :fingerprint, 1,
               t.now + cast(:lease as double precision) * interval '1 millisecond', t.now, t.now,
               :forward
        from (select clock_timestamp() as now) t
        on conflict do nothing
        returning first_sent_at
        """;
    return Operations.named(tx.createQuery(sql), key)
        .bind("fingerprint", payload.fingerprint())
        .bind("forward", payload.forward().map(StepKey::toString).orElse(null))
        .bind("lease", lease.toMillis())
        .mapTo(Instant.class)
        .findOne();
  }

  /** Writes what became of a call, if its claim still stands; it may have lapsed. */
  boolean writeHeld(Handle tx, Claim.Held held, Outcome outcome) {
    String sql =
        """
        update operation
        set state = :state, reference = coalesce(:reference, reference), reason_code = :code,
            reason_message = :message, lease_until = null, updated_at = clock_timestamp(),
            unknown_at = case when :state = 'UNKNOWN' then coalesce(unknown_at, clock_timestamp())
                         else unknown_at end,
            answered_at = case
              when :state in ('SUCCEEDED', 'DECLINED')
                or (:state = 'PENDING' and cast(:code as text) <> :inFlight)
              then coalesce(answered_at, clock_timestamp()) else answered_at end
        where key = :key and claim = :claim and state in ('PENDING', 'UNKNOWN')
        """;
    return Operations.outcome(tx.createUpdate(sql), outcome)
            .bind("key", held.key().toString())
            .bind("claim", held.number())
            .bind("inFlight", Reason.IN_FLIGHT)
            .execute()
        == 1;
  }

  /** The other side has said how the call ended: late, and if it had not said so before. */
  void answered(Handle tx, StepKey key) {
    String sql =
        """
        update operation set answered_at = coalesce(answered_at, clock_timestamp())
        where key = :key
        """;
    tx.createUpdate(sql).bind("key", key.toString()).execute();
  }

  /** Takes the call over; the row is locked. Whose lease is over left it in doubt from then on. */
  Claim.Held take(Handle tx, Row row, Claim.Mode mode, Duration lease) {
    StepKey key = row.operation().key();
    boolean afresh = row.operation().state() == Operation.State.NOT_EXECUTED;
    Instant first = afresh ? row.now() : row.firstSentAt().orElse(row.now());
    Instant last = mode == Claim.Mode.SEND ? row.now() : row.lastSentAt().orElse(row.now());
    String sql =
        """
        update operation
        set state = 'PENDING', claim = claim + 1, lease_until = :lease, first_sent_at = :first,
            last_sent_at = :last, updated_at = :now,
            unknown_at = case state when 'NOT_EXECUTED' then null
                         when 'PENDING' then coalesce(unknown_at, lease_until)
                         else unknown_at end,
            answered_at = case state when 'NOT_EXECUTED' then null else answered_at end
        where key = :key
        """;
    tx.createUpdate(sql)
        .bind("key", key.toString())
        .bind("lease", row.now().plus(lease))
        .bind("first", first)
        .bind("last", last)
        .bind("now", row.now())
        .execute();
    return new Claim.Held(key, row.claim() + 1, mode, first, last, row.now());
  }

  /** What has not reported in time is in doubt; skips what others have locked. */
  List<StepKey> lapse(Handle tx, Set<Step> steps, Reason why, int atMost) {
    String sql =
        """
        with mine as (
          select key from operation
          where state = 'PENDING' and step in (<steps>) and lease_until < clock_timestamp()
          order by updated_at limit :atMost for no key update skip locked
        )
        update operation
        set state = 'UNKNOWN', reason_code = :code, reason_message = :message,
            lease_until = null, updated_at = clock_timestamp(),
            unknown_at = coalesce(unknown_at, lease_until)
        from mine where operation.key = mine.key
        returning operation.key
        """;
    return tx.createQuery(sql)
        .bindList("steps", steps.stream().map(Step::name).toList())
        .bind("atMost", atMost)
        .bind("code", why.code())
        .bind("message", why.message())
        .mapTo(String.class)
        .map(StepKey::parse)
        .list();
  }

  /** A case for a person; the same again is the same case. */
  void insertDiscrepancy(
      Handle tx, Operation recorded, Outcome reported, Optional<Money> reportedAmount) {
    String sql =
        """
        insert into discrepancy
          (key, recorded_state, recorded_reference, reported_state, reported_reference,
           reported_currency, reported_minor)
        select :key, :recordedState, :recordedReference, :reportedState, :reportedReference,
               :currency, :amount
        where not exists (
          select from discrepancy
          where key = :key and reported_state = :reportedState
            and reported_reference is not distinct from :reportedReference
            and reported_currency is not distinct from cast(:currency as char(3))
            and reported_minor is not distinct from cast(:amount as bigint))
        """;
    tx.createUpdate(sql)
        .bind("key", recorded.key().toString())
        .bind("recordedState", recorded.state().name())
        .bind("recordedReference", recorded.reference().orElse(null))
        .bind("reportedState", reported.state().name())
        .bind("reportedReference", reported.reference().orElse(null))
        .bind("currency", reportedAmount.map(m -> m.getCurrencyUnit().getCode()).orElse(null))
        .bind("amount", reportedAmount.map(Money::getAmountMinorLong).orElse(null))
        .execute();
  }
}
