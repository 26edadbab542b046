package dev.orderflow.activities.coupon;

import dev.orderflow.workflows.coupon.CouponActivities.Hold;
import dev.orderflow.workflows.order.OrderId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code coupon_use}, and with it how many uses of a coupon are taken. */
@Singleton
class CouponUses {

  /** How one use stands. */
  enum State {
    HELD,
    REDEEMED,
    RELEASED,
    EXPIRED
  }

  private static final Set<State> LIVING = EnumSet.of(State.HELD, State.REDEEMED);

  /** One use more is {@code taken}. */
  private static final String TAKEN =
      """
      with taken as (
        update coupon set uses_taken = uses_taken + 1
        where code = :code and uses_taken < uses_allowed and revoked_at is null
          and valid_from <= now() and (valid_until is null or valid_until > now())
          and (customer_id is null or customer_id = :customer)
        returning code
      )
      """;

  /** Takes a use, if one is left and the coupon is valid for the customer. */
  boolean hold(Handle tx, Hold hold, Duration holdFor) {
    String sql =
        TAKEN
            + """
        insert into coupon_use (order_id, code, expires_at)
        select :order, code,
               clock_timestamp() + cast(:for as double precision) * interval '1 millisecond'
        from taken
        """;
    return tx.createUpdate(sql)
            .bind("code", hold.code())
            .bind("customer", hold.customer().value())
            .bind("order", hold.key().order().value())
            .bind("for", holdFor.toMillis())
            .execute()
        == 1;
  }

  /**
   * As {@link #hold}, of an order whose use was given back or has lapsed. It is paid: the use does
   * not lapse any more.
   *
   * @throws IllegalStateException when the order's use lives
   */
  boolean holdAgain(Handle tx, Hold hold) {
    if (lock(tx, hold.key().order()).filter(LIVING::contains).isPresent()) {
      throw new IllegalStateException(hold.key().order() + " has a use that was not given back");
    }
    String sql =
        TAKEN
            + """
        insert into coupon_use (order_id, code, expires_at, pinned)
        select :order, code, clock_timestamp(), true from taken
        on conflict (order_id) do update
        set code = excluded.code, state = 'HELD', expires_at = excluded.expires_at, pinned = true,
            updated_at = now()
        where coupon_use.state in ('RELEASED', 'EXPIRED')
        """;
    return tx.createUpdate(sql)
            .bind("code", hold.code())
            .bind("customer", hold.customer().value())
            .bind("order", hold.key().order().value())
            .execute()
        == 1;
  }

  /** Locks the order's use; empty where it has none. */
  Optional<State> lock(Handle tx, OrderId order) {
    return tx.createQuery("select state from coupon_use where order_id = :order for no key update")
        .bind("order", order.value())
        .mapTo(String.class)
        .findOne()
        .map(State::valueOf);
  }

  /** Makes a held use final, and keeps it from lapsing; false where none is held. */
  boolean redeem(Handle tx, OrderId order) {
    String sql =
        """
        update coupon_use set state = 'REDEEMED', updated_at = now()
        where order_id = :order and state = 'HELD'
        """;
    return tx.createUpdate(sql).bind("order", order.value()).execute() == 1;
  }

  /** Keeps a held use from lapsing. */
  void pin(Handle tx, OrderId order) {
    String sql =
        """
        update coupon_use set pinned = true, updated_at = now()
        where order_id = :order and state = 'HELD' and not pinned
        """;
    tx.createUpdate(sql).bind("order", order.value()).execute();
  }

  /** Gives the order's use back, held or redeemed. */
  void release(Handle tx, OrderId order) {
    String sql =
        """
        with freed as (
          update coupon_use set state = 'RELEASED', updated_at = now()
          where order_id = :order and state in ('HELD', 'REDEEMED')
          returning code
        )
        update coupon set uses_taken = uses_taken - 1 where code in (select code from freed)
        """;
    tx.createUpdate(sql).bind("order", order.value()).execute();
  }

  /** Lets at most {@code batch} held uses lapse that are not pinned; says how many. */
  int expire(Handle tx, int batch) {
    String sql =
        """
        with mine as (
          select order_id from coupon_use
          where state = 'HELD' and not pinned and expires_at < clock_timestamp()
          order by expires_at limit :batch for no key update skip locked
        ), freed as (
          update coupon_use u set state = 'EXPIRED', updated_at = now()
          from mine where u.order_id = mine.order_id
          returning u.code
        ), sums as (
          select code, count(*) as uses from freed group by code
        ), locked as (
          select code from coupon
          where code in (select code from sums) order by code for no key update
        ), changed as (
          update coupon set uses_taken = uses_taken - sums.uses
          from sums join locked using (code) where coupon.code = sums.code
        )
        select count(*) from freed
        """;
    return tx.createQuery(sql).bind("batch", batch).mapTo(Integer.class).one();
  }
}
