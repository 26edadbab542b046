-- One row per effect of an order, by the effect's key.
create table operation (
  key            text primary key,
  -- The order in which effects began; their undos go the other way.
  seq            bigint generated always as identity,
  order_id       text not null,
  step           text not null,
  n              integer not null check (n >= 1),
  state          text not null check (state in
                   ('PENDING', 'SUCCEEDED', 'DECLINED', 'NOT_EXECUTED', 'UNKNOWN', 'FENCED')),
  -- SHA-256 of what was asked; null for a tombstone, and for what an operator did by other means.
  fingerprint    text check (length(fingerprint) = 64),
  reference      text,
  reason_code    text,
  reason_message text,
  -- Which claim on the outside call is the present one.
  claim          integer not null default 0,
  lease_until    timestamptz,
  -- The first and the last time since nothing was certain that a call may have left the house.
  first_sent_at  timestamptz,
  last_sent_at   timestamptz,
  -- Set once the order is being taken back: no further forward attempt.
  closed_at      timestamptz,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  unique (order_id, step, n),
  check (state in ('FENCED', 'SUCCEEDED') or fingerprint is not null)
);

create index operation_in_doubt on operation (updated_at) where state in ('PENDING', 'UNKNOWN');

-- What the other side reported of an effect that was recorded otherwise: a case for a person.
create table discrepancy (
  id                 bigint generated always as identity primary key,
  key                text not null references operation,
  recorded_state     text not null,
  recorded_reference text,
  reported_state     text not null,
  reported_reference text,
  reported_at        timestamptz not null default now()
);

create function refuse_new_outcome() returns trigger language plpgsql as $$
begin
  raise exception 'operation % is % and stays so', old.key, old.state;
end $$;

-- Only the transaction that wrote a row may still change its mind.
create trigger outcome_is_final before update on operation for each row
  when (old.state in ('SUCCEEDED', 'DECLINED') and new.state <> old.state
        and old.created_at < now())
  execute function refuse_new_outcome();
