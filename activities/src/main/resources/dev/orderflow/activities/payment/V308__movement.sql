-- What went back of a payment without our asking: refunds made at the provider and chargebacks, less
-- what of them came back. What a provider reports is always recorded, so it has no upper bound.
alter table payment add column returned_minor bigint not null default 0
  check (returned_minor >= 0);

-- A refund that was made and came back later; payment.refunded_minor was lowered then.
alter table refund add column failed_at timestamptz;
alter table refund add constraint refund_failed_check
  check (failed_at is null or (counted_at is not null and refused_at is null));

-- A movement belongs to an operation of its own; operation.forward_key names what took the money.
alter table provider_transaction drop constraint provider_transaction_kind_check;
alter table provider_transaction add constraint provider_transaction_kind_check
  check (kind in ('AUTHORIZATION', 'CAPTURE', 'VOID', 'CHARGE', 'REFUND', 'REFUND_FAILED',
                  'CHARGEBACK', 'CHARGEBACK_REVERSED'));

-- Customers' objections against payments, by the provider's names for them.
create table dispute (
  channel         text not null,
  reference       text not null,
  order_id        text not null,
  payment_key     text not null references payment,
  currency        char(3) not null,
  amount_minor    bigint not null,
  state           text not null check (state in ('OPEN', 'WON', 'LOST')),
  reason_code     text,
  reason_message  text,
  evidence_due_by timestamptz,
  -- What the shop knew of the order when it heard of the dispute. Never changed.
  evidence        jsonb not null,
  opened_at       timestamptz not null default now(),
  closed_at       timestamptz,
  primary key (channel, reference),
  check ((state = 'OPEN') = (closed_at is null))
);

create index dispute_of_order on dispute (order_id);
create index dispute_of_payment on dispute (payment_key);
create index dispute_by_opening on dispute (opened_at);
create index dispute_open on dispute (evidence_due_by, opened_at) where state = 'OPEN';

-- Since when the goods are held back, because a payment of the order is disputed; null once none is.
alter table sales_order add column disputed_at timestamptz;
