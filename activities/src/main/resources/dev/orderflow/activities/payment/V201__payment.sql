-- What an order was asked to pay, by the key of its charge or authorization. No token: it is the
-- customer's, and comes with each request.
create table payment (
  key            text primary key references operation,
  order_id       text not null,
  channel        text not null,
  currency       char(3) not null,
  amount_minor   bigint not null check (amount_minor > 0),
  capture_key    text unique references operation,
  -- What the provider says it took; zero until a charge or capture has succeeded.
  captured_minor bigint not null default 0 check (captured_minor >= 0),
  -- What we have asked to be given back, or know was given back: raised before the provider is
  -- asked, lowered only when it certainly refused.
  refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  refund_key     text unique references operation,
  created_at     timestamptz not null default now(),
  check (refunded_minor <= captured_minor),
  check ((refunded_minor = 0) = (refund_key is null))
);

create index payment_of_order on payment (order_id);

-- Everything a provider reported, right or wrong. One of its transactions belongs to one operation.
create table provider_transaction (
  channel            text not null,
  reference          text not null,
  key                text not null references operation,
  kind               text not null check (kind in
                       ('AUTHORIZATION', 'CAPTURE', 'VOID', 'CHARGE', 'REFUND')),
  currency           char(3) not null,
  amount_minor       bigint not null,
  merchant_reference text not null,
  parent             text,
  reported_at        timestamptz not null default now(),
  primary key (channel, reference)
);

create index provider_transaction_of_key on provider_transaction (key);
