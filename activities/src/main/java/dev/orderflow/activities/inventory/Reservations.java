package dev.orderflow.activities.inventory;

import dev.orderflow.workflows.inventory.InventoryActivities.Line;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The tables {@code stock} and {@code reservation}. Rows are always locked in the same order:
 * reservations by line, then stock by article.
 */
@Singleton
class Reservations {

  /** An article of which less is available than is wanted. */
  record Shortage(String article, long wanted, long available) {}

  /** How an order's reservations stand, in lines. */
  record Standing(long lost, long tooLate) {}

  /**
   * Reserves the lines, or none of them and names the first article of which there is too little.
   */
  Optional<Shortage> reserve(Handle tx, OrderId order, List<Line> lines, Duration reserveFor) {
    String sql =
        """
        with wanted as (
          select * from jsonb_to_recordset(cast(:lines as jsonb)) as l
            (number integer, article text, quantity integer)
        ), sums as (
          select article, sum(quantity) as quantity from wanted group by article
        ), locked as (
          -- As an array: of a set it is not known how small it is, and all articles would be read.
          select article, on_hand - reserved as available from stock
          where article = any(array(select article from sums))
          order by article for no key update
        ), shortage as (
          select article, quantity, coalesce(available, 0) as available
          from sums left join locked using (article)
          where quantity > coalesce(available, 0)
          order by article limit 1
        ), moved as (
          update stock set reserved = reserved + sums.quantity, updated_at = now()
          from sums
          where stock.article = sums.article and not exists (select from shortage)
            and stock.article = any(array(select article from sums))
        ), mine as (
          insert into reservation (order_id, line, article, quantity, expires_at)
          select :order, number, article, quantity,
                 clock_timestamp() + cast(:for as double precision) * interval '1 millisecond'
          from wanted where not exists (select from shortage)
        )
        select * from shortage
        """;
    return tx.createQuery(sql)
        .bind("lines", Json.text(lines))
        .bind("order", order.value())
        .bind("for", reserveFor.toMillis())
        .map(
            (row, context) ->
                new Shortage(
                    row.getString("article"), row.getLong("quantity"), row.getLong("available")))
        .findOne();
  }

  /**
   * As {@link #reserve}, of an order whose reservations were given back or have lapsed; one that
   * lives, or was committed, stands in its way. They are paid: they don't lapse any more.
   */
  Optional<Shortage> reserveAgain(Handle tx, OrderId order, List<Line> lines, Duration reserveFor) {
    String sql =
        """
        delete from reservation where order_id = :order and state in ('RELEASED', 'EXPIRED')
        """;
    tx.createUpdate(sql).bind("order", order.value()).execute();
    Optional<Shortage> shortage = reserve(tx, order, lines, reserveFor);
    if (shortage.isEmpty()) {
      pin(tx, order, Duration.ZERO);
    }
    return shortage;
  }

  /** Pins the order's reservations that have more than {@code margin} left. */
  Standing pin(Handle tx, OrderId order, Duration margin) {
    String sql =
        """
        with mine as (
          select line, state, pinned, expires_at from reservation
          where order_id = :order order by line for no key update
        ), fresh as (
          update reservation r set pinned = true, updated_at = now()
          from mine
          where r.order_id = :order and r.line = mine.line
            and mine.state = 'RESERVED' and not mine.pinned
        )
        select count(*) filter (where state not in ('RESERVED', 'COMMITTED')) as lost,
               count(*) filter (where state = 'RESERVED' and not pinned
                 and expires_at < clock_timestamp()
                   + cast(:margin as double precision) * interval '1 millisecond') as too_late
        from mine
        """;
    return tx.createQuery(sql)
        .bind("order", order.value())
        .bind("margin", margin.toMillis())
        .map((row, context) -> new Standing(row.getLong("lost"), row.getLong("too_late")))
        .one();
  }

  /** Gives what the order has reserved back. */
  void release(Handle tx, OrderId order) {
    move(tx, order, Move.RELEASE);
  }

  /** Takes what the order has reserved out, whatever of it is lost. */
  void commit(Handle tx, OrderId order) {
    move(tx, order, Move.COMMIT);
  }

  /** Takes what the order has reserved out; where some of it is lost, nothing, and says false. */
  boolean commitAll(Handle tx, OrderId order) {
    String sql =
        """
        with lines as (
          select order_id, line, state from reservation
          where order_id = :order order by line for no key update
        ), lost as (
          select from lines where state not in ('RESERVED', 'COMMITTED')
        ), mine as (
          select order_id, line from lines
          where state = :from and not exists (select from lost)
        ),
        """
            + MOVE.formatted(Move.COMMIT.change())
            + "select not exists (select from lost)";
    return tx.createQuery(sql)
        .bind("order", order.value())
        .bind("from", Move.COMMIT.from().name())
        .bind("to", Move.COMMIT.to().name())
        .mapTo(Boolean.class)
        .one();
  }

  /** Puts what was taken out for the order back. */
  void restock(Handle tx, OrderId order) {
    move(tx, order, Move.RESTOCK);
  }

  private static void move(Handle tx, OrderId order, Move move) {
    String sql =
        """
        with mine as (
          select order_id, line from reservation
          where order_id = :order and state = :from order by line for no key update
        ),
        """
            + MOVE.formatted(move.change())
            + COUNT;
    tx.createQuery(sql)
        .bind("order", order.value())
        .bind("from", move.from().name())
        .bind("to", move.to().name())
        .mapTo(Long.class)
        .one();
  }

  /** Lets at most {@code batch} reservations lapse that are not pinned; says how many. */
  int expire(Handle tx, int batch) {
    String sql =
        """
        with mine as (
          select order_id, line from reservation
          where state = 'RESERVED' and not pinned and expires_at < clock_timestamp()
          order by expires_at limit :batch for no key update skip locked
        ),
        """
            + MOVE.formatted(Move.EXPIRE.change())
            + COUNT;
    return tx.createQuery(sql)
        .bind("batch", batch)
        .bind("to", Move.EXPIRE.to().name())
        .mapTo(Integer.class)
        .one();
  }

  /** Moves the reservations {@code mine}, and their stock in the order of its articles. */
  private static final String MOVE =
      """
      moved as (
        update reservation r set state = :to, updated_at = now()
        from mine where r.order_id = mine.order_id and r.line = mine.line
        returning r.article, r.quantity
      ), sums as (
        select article, sum(quantity) as quantity from moved group by article
      ), locked as (
        select article from stock
        where article in (select article from sums) order by article for no key update
      ), changed as (
        update stock set %s, updated_at = now()
        from sums join locked using (article) where stock.article = sums.article
      )
      """;

  private static final String COUNT = "select count(*) from moved";
}
