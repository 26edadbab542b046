-- What the velocity rules count: a row for each customer, means of payment and article of an order
-- that was let through. Rows older than every rule's window are swept.
create table risk_trace (
  per          text not null check (per in ('CUSTOMER', 'PAYMENT', 'ARTICLE')),
  -- A customer's id, the fingerprint of a means of payment (never its token), an article's code.
  subject      text not null,
  order_id     text not null references sales_order,
  quantity     bigint not null,
  currency     char(3) not null,
  amount_minor bigint not null,
  placed_at    timestamptz not null default now(),
  primary key (per, subject, order_id)
);

-- A count reads nothing but this.
create index risk_trace_of_subject on risk_trace (per, subject, placed_at)
  include (quantity, currency, amount_minor);

create index risk_trace_by_age on risk_trace (placed_at);
