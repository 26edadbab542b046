-- What providers told us by themselves: each event once, however often it was sent. Only what is to
-- be asked for, no fact about money and nothing personal.
create table inbox (
  id                 bigint generated always as identity primary key,
  channel            text not null,
  -- The provider's own.
  event_id           text not null,
  type               text not null,
  reference          text,
  merchant_reference text,
  happened_at        timestamptz not null,
  received_at        timestamptz not null default now(),
  state              text not null default 'RECEIVED' check (state in
                       ('RECEIVED', 'PARKED', 'DELIVERED')),
  -- Since it is in this state.
  tries              integer not null default 0 check (tries >= 0),
  -- When it is tried next; while it is being tried, when whoever does so is taken for dead. Null:
  -- not any more by itself.
  due_at             timestamptz default now(),
  order_id           text,
  -- Why the last try did not deliver it.
  reason_code        text,
  reason_message     text,
  delivered_at       timestamptz,
  unique (channel, event_id),
  check ((state = 'DELIVERED') = (delivered_at is not null)),
  check (state <> 'DELIVERED' or (due_at is null and order_id is not null)),
  check (state <> 'RECEIVED' or due_at is not null),
  check (state <> 'PARKED' or reason_code is not null)
);

create index inbox_due on inbox (due_at) where due_at is not null;
create index inbox_parked on inbox (received_at) where state = 'PARKED';
create index inbox_delivered on inbox (delivered_at) where state = 'DELIVERED';
