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

  /** By the index, from name to name: those of a month are not read, nor sorted. */
  List<ProbeFigures.Figure> figures(Handle tx) {
    return tx.createQuery(
            """
            with recursive known as (
              select min(channel) as channel from probe_run
              union all
              select (select min(channel) from probe_run where channel > known.channel)
              from known where known.channel is not null
            )
            select known.channel, day.succeeded, day.failed, last.state, last.reason_code as reason,
              cast(extract(epoch from clock_timestamp() - success.ended_at) * 1000 as bigint)
                as since,
              cast(extract(epoch from clock_timestamp() - first.began_at) * 1000 as bigint)
                as watched,
              success.took_ms as took
            from known
            cross join lateral (
              select state, reason_code from probe_run
              where channel = known.channel and state <> 'RUNNING'
              order by meant_at desc limit 1) last
            cross join lateral (
              select began_at from probe_run
              where channel = known.channel and state <> 'RUNNING'
              order by meant_at limit 1) first
            left join lateral (
              select ended_at, took_ms from probe_run
              where channel = known.channel and state = 'SUCCEEDED'
              order by ended_at desc limit 1) success on true
            cross join lateral (
              select count(*) filter (where state = 'SUCCEEDED') as succeeded,
                count(*) filter (where state = 'FAILED') as failed
              from probe_run
              where channel = known.channel and state in ('SUCCEEDED', 'FAILED')
                and ended_at > now() - interval '1 day') day
            order by known.channel
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

  /** What began long ago; of each channel the last stays, and the last that succeeded. */
  int delete(Handle tx, int most) {
    return tx.createUpdate(
            """
            delete from probe_run where (channel, meant_at) in
              (select channel, meant_at from probe_run p
               where meant_at < now() - interval '30 days'
                 and exists (select from probe_run later
                             where later.channel = p.channel and later.meant_at > p.meant_at)
                 and (state <> 'SUCCEEDED'
                   or exists (select from probe_run later
                              where later.channel = p.channel and later.state = 'SUCCEEDED'
                                and later.ended_at > p.ended_at))
               limit :most)
            """)
        .bind("most", most)
        .execute();
  }
}
