package dev.orderflow.activities.probe;

import dev.orderflow.workflows.probe.ProbeRun;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code probe_run}. */
final class ProbeStore {

  /** Does nothing when it is there. */
  void insert(Handle tx, ProbeRun run) {
    tx.createUpdate(
            """
            insert into probe_run (channel, meant_at, order_id) values (:channel, :meant, :order)
            on conflict do nothing
            """)
        .bind("channel", run.channel())
        .bind("meant", run.meantAt().atOffset(ZoneOffset.UTC))
        .bind("order", run.orderId().value())
        .execute();
  }

  /** The first result stays. */
  void end(Handle tx, ProbeRun run, Optional<Reason> failure) {
    tx.createUpdate(
            """
            update probe_run
            set state = case when cast(:code as text) is null then 'SUCCEEDED' else 'FAILED' end,
              reason_code = :code, reason_message = :message, ended_at = now(),
              took_ms = (select extract(epoch from completed_at - placed_at) * 1000
                         from sales_order where id = order_id)
            where channel = :channel and meant_at = :meant and state = 'RUNNING'
            """)
        .bind("channel", run.channel())
        .bind("meant", run.meantAt().atOffset(ZoneOffset.UTC))
        .bind("code", failure.map(Reason::code).orElse(null))
        .bind("message", failure.map(Reason::message).orElse(null))
        .execute();
  }

  List<ProbeFigures.Figure> figures(Handle tx) {
    return tx.createQuery(
            """
            with ended as (
              select *, row_number() over (partition by channel, state order by meant_at desc) as nth,
                row_number() over (partition by channel order by meant_at desc) as last
              from probe_run where state <> 'RUNNING'
            )
            select channel,
              count(*) filter (where state = 'SUCCEEDED' and ended_at > now() - interval '1 day')
                as succeeded,
              count(*) filter (where state = 'FAILED' and ended_at > now() - interval '1 day')
                as failed,
              cast(extract(epoch from clock_timestamp()
                - max(ended_at) filter (where state = 'SUCCEEDED')) * 1000 as bigint) as since,
              cast(extract(epoch from clock_timestamp() - min(began_at)) * 1000 as bigint) as watched,
              max(took_ms) filter (where state = 'SUCCEEDED' and nth = 1) as took,
              max(state) filter (where last = 1) as state,
              max(reason_code) filter (where last = 1) as reason
            from ended group by channel order by channel
            """)
        .map(
            (row, context) ->
                new ProbeFigures.Figure(
                    row.getString("channel"),
                    row.getLong("succeeded"),
                    row.getLong("failed"),
                    Optional.ofNullable(row.getObject("since", Long.class)).map(Duration::ofMillis),
                    Duration.ofMillis(row.getLong("watched")),
                    Optional.ofNullable(row.getObject("took", Long.class)).map(Duration::ofMillis),
                    row.getString("state"),
                    Optional.ofNullable(row.getString("reason"))))
        .list();
  }

  int delete(Handle tx, int most) {
    return tx.createUpdate(
            """
            delete from probe_run where (channel, meant_at) in
              (select channel, meant_at from probe_run p
               where meant_at < now() - interval '30 days'
                 and exists (select from probe_run later
                             where later.channel = p.channel and later.meant_at > p.meant_at)
               limit :most)
            """)
        .bind("most", most)
        .execute();
  }
}
