-- What operators let a channel do; one that has no row is open.
create table payment_channel (
  name       text primary key,
  state      text not null check (state in ('OPEN', 'DRAINED', 'OFF')),
  changed_at timestamptz not null default clock_timestamp()
);

-- What began lately is looked at often and lies together; no row ever changes this column, so that
-- an order pays nothing for the index.
create index operation_begun on operation using brin (created_at)
  with (pages_per_range = 16, autosummarize = on);
