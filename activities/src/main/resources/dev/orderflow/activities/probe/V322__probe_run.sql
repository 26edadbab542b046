-- The orders that are placed only to see whether a channel pays and refunds.
create table probe_run (
  channel        text not null,
  -- When the schedule meant it to begin: one run each.
  meant_at       timestamptz not null,
  order_id       text not null,
  state          text not null default 'RUNNING' check (state in
                   ('RUNNING', 'SUCCEEDED', 'FAILED')),
  reason_code    text,
  reason_message text,
  -- From when the order was placed until it was completed.
  took_ms        bigint check (took_ms >= 0),
  began_at       timestamptz not null default now(),
  ended_at       timestamptz,
  primary key (channel, meant_at),
  check ((state = 'RUNNING') = (ended_at is null)),
  check (state <> 'FAILED' or reason_code is not null)
);

-- What scrapes ask for: the last success of a channel, and how many of a day ended how.
create index probe_run_ended on probe_run (channel, state, ended_at desc);

-- What the sweep forgets.
create index probe_run_meant on probe_run (meant_at);
