-- What an undo takes back, so that each effect has undos of its own: an order may have several
-- payments.
alter table operation add column forward_key text;

update operation undo
set forward_key = (
  select done.key from operation done
  where done.order_id = undo.order_id
    and done.step = any (case undo.step
          when 'COUPON_RELEASE' then array['COUPON_HOLD']
          when 'RELEASE' then array['RESERVE']
          when 'VOID' then array['AUTHORIZE']
          when 'REFUND' then array['CAPTURE', 'CHARGE']
          when 'RESTOCK' then array['COMMIT']
          when 'REVOKE' then array['GRANT'] end)
  order by done.state in ('SUCCEEDED', 'PENDING', 'UNKNOWN') desc, done.n desc
  limit 1)
where undo.step in ('COUPON_RELEASE', 'RELEASE', 'VOID', 'REFUND', 'RESTOCK', 'REVOKE');

-- Money to give back, by the key of its operation.
create table refund (
  key          text primary key references operation,
  order_id     text not null,
  payment_key  text not null references payment,
  currency     char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- The client's own name for its wish, and the fingerprint of what it wished; null for an undo.
  request_key  text,
  fingerprint  text check (length(fingerprint) = 64),
  actor        text,
  role         text check (role in ('CUSTOMER', 'OPERATOR', 'SYSTEM')),
  reason       text,
  -- The refund that was refused and that this one is made for.
  instead_of   text unique references refund,
  -- When payment.refunded_minor was raised by it, before the provider was asked; and when it was
  -- lowered again, because the refund certainly was not and will not be made.
  counted_at   timestamptz,
  refused_at   timestamptz,
  -- When an operator decided that nothing more is tried.
  given_up_at  timestamptz,
  created_at   timestamptz not null default now(),
  check (given_up_at is null or refused_at is not null),
  check ((request_key is null) = (fingerprint is null)),
  check ((request_key is null) = (reason is null)),
  check ((actor is null) = (role is null) and (actor is null) = (reason is null))
);

create index refund_of_payment on refund (payment_key);
-- One wish per key; what is made instead of a refused refund belongs to the same wish.
create unique index refund_wish on refund (order_id, request_key) where instead_of is null;

-- The lines that a refund is for; empty for one by amount.
create table refund_line (
  refund_key   text not null references refund,
  number       integer not null check (number >= 1),
  quantity     integer not null check (quantity >= 1),
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (refund_key, number)
);

insert into refund (key, order_id, payment_key, currency, amount_minor, counted_at)
select refund_key, order_id, key, currency, refunded_minor, now()
from payment where refund_key is not null;

-- Its checks go with it; what is refunded is from now on the sum of the refunds that count.
alter table payment drop column refund_key;
