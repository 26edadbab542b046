package dev.orderflow.activities.inbox;

import dev.orderflow.activities.inbox.Inbox.Owner;
import dev.orderflow.activities.order.Tombstone;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** The table {@code inbox}. */
final class InboxStore {

  private static final RowMapper<Received> RECEIVED = new ReceivedRow();

  /**
   * Waits for a copy that is being stored, so that "it is there" means that it stays there.
   *
   * @return false when it is there
   */
  boolean insert(Handle tx, Hint hint) {
    return tx.createUpdate(
                """
                insert into inbox
                  (channel, event_id, type, reference, merchant_reference, happened_at)
                values (:channel, :event, :type, :reference, :merchant, :happened)
                on conflict (channel, event_id) do nothing
                """)
            .bind("channel", hint.channel())
            .bind("event", hint.eventId())
            .bind("type", hint.type())
            .bind("reference", hint.reference().orElse(null))
            .bind("merchant", hint.merchantReference().orElse(null))
            .bind("happened", hint.happenedAt().atOffset(ZoneOffset.UTC))
            .execute()
        == 1;
  }

  boolean isAnyDue(Handle tx) {
    return tx.createQuery("select exists (select from inbox where due_at <= now())")
        .mapTo(Boolean.class)
        .one();
  }

  List<Received> take(Handle tx, int most, Duration lease) {
    return tx.createQuery(
            """
            update inbox set tries = tries + 1, due_at = now() + :lease * interval '1 ms'
            where id in (select id from inbox where due_at <= now()
                         order by due_at limit :most for update skip locked)
            returning *
            """)
        .bind("lease", lease.toMillis())
        .bind("most", most)
        .map(RECEIVED)
        .list();
  }

  Optional<Owner> owner(Handle tx, Hint hint) {
    return tx.createQuery(
            """
            select named.owner, s.* from (
              select coalesce(
                (select o.order_id from provider_transaction t join operation o on o.key = t.key
                 where t.channel = :channel and t.reference = :reference),
                (select order_id from archived_transaction
                 where channel = :channel and reference = :reference),
                (select id from sales_order where id = :merchant)) as owner) named
            left join sales_order s on s.id = named.owner and s.archived_at is not null
            where named.owner is not null
            """)
        .bind("channel", hint.channel())
        .bind("reference", hint.reference().orElse(null))
        .bind("merchant", hint.merchantReference().orElse(null))
        .map(
            (row, context) ->
                new Owner(
                    new OrderId(row.getString("owner")),
                    row.getString("id") == null
                        ? Optional.empty()
                        : Optional.of(Tombstone.of(row))))
        .findOne();
  }

  /** Waits for whoever archives the order just now; does nothing where it is archived. */
  int deliver(Handle tx, long id, OrderId order) {
    return tx.createUpdate(
            """
            with told as materialized (
              select archived_at from sales_order where id = :order for key share
            )
            update inbox set state = 'DELIVERED', order_id = :order, delivered_at = now(),
              due_at = null, reason_code = null, reason_message = null
            where id = :id and state in ('RECEIVED', 'PARKED')
              and not exists (select from told where archived_at is not null)
            """)
        .bind("id", id)
        .bind("order", order.value())
        .execute();
  }

  Optional<Tombstone> left(Handle tx, OrderId order) {
    return tx.createQuery("select * from sales_order where id = :order and archived_at is not null")
        .bind("order", order.value())
        .map((row, context) -> Tombstone.of(row))
        .findOne();
  }

  /** What was parked, and could be tried after all, begins to count anew. */
  int postpone(Handle tx, Received taken, Reason reason, Duration after) {
    return tx.createUpdate(
            """
            update inbox set tries = case when state = 'PARKED' then 1 else tries end,
              state = 'RECEIVED', due_at = now() + :after * interval '1 ms',
              reason_code = :code, reason_message = :message
            where id = :id and due_at = :lease
            """)
        .bind("id", taken.id())
        .bind("lease", lease(taken))
        .bind("after", after.toMillis())
        .bind("code", reason.code())
        .bind("message", reason.message())
        .execute();
  }

  int putBack(Handle tx, Received taken, Duration after) {
    return tx.createUpdate(
            """
            update inbox set tries = greatest(tries - 1, 0),
              due_at = now() + :after * interval '1 ms'
            where id = :id and due_at = :lease
            """)
        .bind("id", taken.id())
        .bind("lease", lease(taken))
        .bind("after", after.toMillis())
        .execute();
  }

  int park(Handle tx, Received taken, Reason reason, Optional<Duration> again) {
    return tx.createUpdate(
            """
            update inbox set tries = case when state = 'PARKED' then tries else 1 end,
              state = 'PARKED',
              due_at = now() + cast(:again as bigint) * interval '1 ms',
              reason_code = :code, reason_message = :message
            where id = :id and due_at = :lease
            """)
        .bind("id", taken.id())
        .bind("lease", lease(taken))
        .bind("again", again.map(Duration::toMillis).orElse(null))
        .bind("code", reason.code())
        .bind("message", reason.message())
        .execute();
  }

  /** Each taking has an end of its own, by which what a try says is known from another's. */
  private static OffsetDateTime lease(Received taken) {
    return taken.dueAt().orElseThrow().atOffset(ZoneOffset.UTC);
  }

  Optional<Received> unpark(Handle tx, EventKey event) {
    return tx.createQuery(
            """
            update inbox set state = 'RECEIVED', tries = 0, due_at = now()
            where channel = :channel and event_id = :event and state = 'PARKED'
            returning *
            """)
        .bind("channel", event.channel())
        .bind("event", event.eventId())
        .map(RECEIVED)
        .findOne();
  }

  /** Waits for whoever changes the event just now; does nothing where it is not given up then. */
  Optional<Received> close(Handle tx, EventKey event, Closing closing) {
    return tx.createQuery(
            """
            update inbox set state = 'CLOSED',
              closed_at = now(), closed_by = :actor, closed_reason = :reason
            where channel = :channel and event_id = :event
              and state = 'PARKED' and due_at is null
            returning *
            """)
        .bind("channel", event.channel())
        .bind("event", event.eventId())
        .bind("actor", closing.actor())
        .bind("reason", closing.reason())
        .map(RECEIVED)
        .findOne();
  }

  Optional<Received> find(Handle tx, EventKey event) {
    return tx.createQuery("select * from inbox where channel = :channel and event_id = :event")
        .bind("channel", event.channel())
        .bind("event", event.eventId())
        .map(RECEIVED)
        .findOne();
  }

  List<Received> list(Handle tx, Optional<InboxState> state, Optional<EventKey> behind, int most) {
    String sql =
        "select * from inbox where "
            + state.map(InboxStore::among).orElse("true")
            + (behind.isEmpty() ? "" : BEHIND)
            + " order by id desc limit :most";
    Query query = tx.createQuery(sql).bind("most", most);
    behind.ifPresent(key -> query.bind("channel", key.channel()).bind("event", key.eventId()));
    return query.map(RECEIVED).list();
  }

  private static final String BEHIND =
      " and id < (select id from inbox where channel = :channel and event_id = :event)";

  /** Said so that those of which there are few are found by the indexes of those. */
  private static String among(InboxState state) {
    return switch (state) {
      case RECEIVED -> "state = 'RECEIVED' and due_at is not null";
      case PARKED -> "state = 'PARKED'";
      case DELIVERED -> "state = 'DELIVERED'";
      case CLOSED -> "state = 'CLOSED'";
    };
  }

  Backlog backlog(Handle tx) {
    return tx.createQuery(
            """
            select count(*) filter (where state = 'RECEIVED') as received,
              count(*) filter (where state = 'PARKED') as parked,
              count(*) filter (where state = 'PARKED' and due_at is null) as given_up,
              cast(extract(epoch from now() - min(received_at) filter (where state = 'RECEIVED'))
                as bigint) as oldest
            from inbox where due_at is not null or state = 'PARKED'
            """)
        .map(
            (row, context) ->
                new Backlog(
                    row.getLong("received"),
                    row.getLong("parked"),
                    row.getLong("given_up"),
                    Optional.ofNullable(row.getObject("oldest", Long.class))
                        .map(Duration::ofSeconds)))
        .one();
  }

  int deleteDelivered(Handle tx, Duration keepFor, int most) {
    return tx.createUpdate(
            """
            delete from inbox where id = any(array(
              select id from inbox
              where state = 'DELIVERED' and delivered_at < now() - :keep * interval '1 ms'
              limit :most for update skip locked))
            """)
        .bind("keep", keepFor.toMillis())
        .bind("most", most)
        .execute();
  }

  int deleteClosed(Handle tx, Duration keepFor, int most) {
    return tx.createUpdate(
            """
            delete from inbox where id = any(array(
              select id from inbox
              where state = 'CLOSED' and closed_at < now() - :keep * interval '1 ms'
              limit :most for update skip locked))
            """)
        .bind("keep", keepFor.toMillis())
        .bind("most", most)
        .execute();
  }
}
