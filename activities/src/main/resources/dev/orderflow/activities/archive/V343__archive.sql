-- Of an archived order this row stays, without what it says of a person: its key is never free
-- again, and how it ended can still be answered.
alter table sales_order add column archived_at timestamptz;

create index sales_order_here on sales_order (placed_at, id) where archived_at is null;

-- Everything else that the ledger had of an archived order, as one document, which the database
-- compresses. A row may be deleted: what is answered about its order stays as it is.
create table archived_order (
  order_id text primary key references sales_order,
  ended_at timestamptz not null,
  history  jsonb not null
);

create index archived_order_by_ending on archived_order (ended_at);

-- What providers reported of archived orders: it goes on to count in every sum, is no unknown money
-- where it is reported again, and leads events to their order.
create table archived_transaction (
  channel      text not null,
  reference    text not null,
  order_id     text not null references sales_order,
  kind         text not null,
  currency     char(3) not null,
  amount_minor bigint not null,
  reported_at  timestamptz not null,
  -- Whether it was made, and not only asked for.
  booked       boolean not null,
  primary key (channel, reference)
);

create index archived_transaction_of_order on archived_transaction (order_id);

-- How many of the uses taken were those of archived orders.
alter table coupon add column uses_archived integer not null default 0
  check (uses_archived between 0 and uses_taken);

-- What refers to what is deleted, and is asked for each row that goes.
create index discrepancy_of_key on discrepancy (key);
create index sales_order_paid_by on sales_order (paid_by) where paid_by is not null;
create index settlement_difference_of_order on settlement_difference (order_id)
  where state in ('OPEN', 'SIGNALLED');
