-- The files that ended orders were moved into.
create table archive (
  file       text primary key,
  directory  text not null,
  -- WRITING: it may be half a file, and nothing was deleted. WRITTEN: it is whole and on the disk,
  -- and its orders are being deleted here. DONE: they are.
  state      text not null default 'WRITING' check (state in ('WRITING', 'WRITTEN', 'DONE')),
  sha256     text check (length(sha256) = 64),
  orders     integer check (orders >= 0),
  -- Every order in it was untouched since.
  before     timestamptz not null,
  created_at timestamptz not null default now(),
  done_at    timestamptz,
  check ((state = 'WRITING') = (sha256 is null)),
  check ((sha256 is null) = (orders is null)),
  check ((state = 'DONE') = (done_at is not null))
);

-- Of an archived order this row stays, without what it says of a person: its key is never free again,
-- and how it ended can still be answered.
alter table sales_order add column archived_in text references archive;

create index sales_order_here on sales_order (placed_at, id) where archived_in is null;

-- The money that archived orders moved, day by day: what is here and this add up to all there was.
create table archived_money (
  day          date not null,
  channel      text not null,
  kind         text not null,
  currency     char(3) not null,
  transactions bigint not null check (transactions > 0),
  amount_minor numeric not null,
  primary key (day, channel, kind, currency)
);

-- How many of the uses taken were those of archived orders.
alter table coupon add column uses_archived integer not null default 0
  check (uses_archived between 0 and uses_taken);

-- What refers to what is deleted, and is asked for each row that goes.
create index discrepancy_of_key on discrepancy (key);
create index sales_order_paid_by on sales_order (paid_by) where paid_by is not null;
create index settlement_difference_of_order on settlement_difference (order_id)
  where state in ('OPEN', 'SIGNALLED');
