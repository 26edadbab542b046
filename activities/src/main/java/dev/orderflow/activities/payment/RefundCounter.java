package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.StepKey;
import org.jdbi.v3.core.Handle;

/**
 * The counter {@code payment.refunded_minor}, and which refunds it is the sum of: those that were
 * asked for or made, and were neither refused nor came back.
 */
final class RefundCounter {
  /**
   * Raises what is refunded of the payment, for this refund that is to be asked for; again is fine.
   *
   * @return false when there is not so much left, or the payment is disputed
   */
  boolean count(Handle tx, StepKey key) {
    return raise(
        tx,
        key,
        "and refunded_minor + refund.amount_minor + returned_minor <= captured_minor and not "
            + DisputeStore.STANDS_AGAINST_PAYMENT);
  }

  /**
   * As {@link #count}, for a refund that was made: also beside what went back without our asking.
   *
   * @return false when more was given back than was captured
   */
  boolean countMade(Handle tx, StepKey key) {
    return raise(tx, key, "and refunded_minor + refund.amount_minor <= captured_minor");
  }

  private static boolean raise(Handle tx, StepKey key, String condition) {
    String sql =
        """
        update payment
        set refunded_minor = refunded_minor + refund.amount_minor
        from refund
        where refund.key = :key and payment.key = refund.payment_key
          and refund.counted_at is null and refund.refused_at is null
        """;
    boolean raised = tx.createUpdate(sql + condition).bind("key", key.toString()).execute() == 1;
    if (raised) {
      tx.createUpdate("update refund set counted_at = clock_timestamp() where key = :key")
          .bind("key", key.toString())
          .execute();
    }
    return tx.createQuery(
            """
            select counted_at is not null and refused_at is null from refund where key = :key
            """)
        .bind("key", key.toString())
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * Lowers it again, where the ledger says that the refund was not made and never will be: it was
   * refused, or fenced.
   */
  void refuse(Handle tx, StepKey key) {
    boolean refused =
        tx.createUpdate(
                    """
                    update refund set refused_at = clock_timestamp()
                    where key = :key and refused_at is null
                      and exists (
                        select from operation where key = :key
                          and (state in ('DECLINED', 'FENCED')
                               or (state = 'NOT_EXECUTED' and closed_at is not null)))
                    """)
                .bind("key", key.toString())
                .execute()
            == 1;
    if (refused) {
      tx.createUpdate(
              """
              update payment set refunded_minor = refunded_minor - refund.amount_minor
              from refund
              where refund.key = :key and payment.key = refund.payment_key
                and refund.counted_at is not null
              """)
          .bind("key", key.toString())
          .execute();
    }
  }

  /** A refund that was made has come back: lowers it again; once. */
  void fail(Handle tx, StepKey key) {
    tx.createUpdate(
            """
            with failed as (
              update refund set failed_at = clock_timestamp()
              where key = :key and failed_at is null and counted_at is not null
                and refused_at is null
              returning payment_key, amount_minor
            )
            update payment set refunded_minor = refunded_minor - failed.amount_minor
            from failed where payment.key = failed.payment_key
            """)
        .bind("key", key.toString())
        .execute();
  }

  /** Nothing more is tried for a refund that was refused. */
  void giveUp(Handle tx, StepKey key) {
    tx.createUpdate(
            """
            update refund set given_up_at = coalesce(given_up_at, clock_timestamp())
            where key = :key and refused_at is not null
            """)
        .bind("key", key.toString())
        .execute();
  }
}
