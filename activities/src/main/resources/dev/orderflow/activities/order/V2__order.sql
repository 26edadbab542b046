create table sales_order (
  id                    text primary key,
  -- The client's own key: one order each.
  client_key            text not null unique,
  fingerprint           text not null check (length(fingerprint) = 64),
  customer_id           text not null check (position('@' in customer_id) = 0),
  status                text not null check (status in
                          ('PLACED', 'ON_HOLD', 'COMPENSATING', 'IN_REVIEW', 'COMPLETED',
                           'REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED')),
  reason_code           text,
  reason_message        text,
  currency              char(3) not null,
  -- What the customer pays, in minor units; null where the order could not be priced.
  total                 bigint check (total between 0 and 1000000000000),
  plan                  jsonb,
  -- As placed, with the recipient and the payment token: what a recovery needs.
  document              jsonb not null,
  refund_window_seconds bigint not null check (refund_window_seconds >= 0),
  -- How it ends, decided once, before anything is undone.
  ending                text check (ending in
                          ('REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED')),
  placed_at             timestamptz not null default now(),
  completed_at          timestamptz,
  ended_at              timestamptz,
  updated_at            timestamptz not null default now(),
  check ((plan is null) = (total is null)),
  check (plan is not null or ending = 'REJECTED'),
  check (status <> 'COMPENSATING' or ending is not null),
  check (status <> 'COMPLETED' or (completed_at is not null and ending is null)),
  check (ending <> 'REFUNDED' or completed_at is not null),
  check (ended_at is null or (status = ending and reason_code is not null)),
  check (ended_at is not null
         or status not in ('REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED'))
);

create table order_line (
  order_id     text not null references sales_order,
  number       integer not null check (number >= 1),
  article      text not null,
  name         text not null,
  kind         text not null check (kind in ('ARTICLE', 'SHIPPING', 'FEE')),
  quantity     integer not null check (quantity >= 1),
  unit_price   bigint not null check (unit_price >= 0),
  tax_rate     numeric(7, 4) not null check (tax_rate between 0 and 100),
  tax_included boolean not null,
  currency     char(3) not null,
  -- Quantity times unit price, tax included; the line's share of the discount; what is paid.
  gross        bigint not null,
  discount     bigint not null check (discount between 0 and gross),
  net          bigint not null generated always as (gross - discount) stored,
  primary key (order_id, number)
);

-- The waits for an operator.
create table order_review (
  order_id       text not null references sales_order,
  version        integer not null check (version >= 1),
  status         text not null check (status in ('ON_HOLD', 'IN_REVIEW')),
  step_key       text not null,
  reason_code    text not null,
  reason_message text not null,
  opened_at      timestamptz not null default now(),
  choice         text check (choice in ('RETRY', 'ACCEPT', 'REFUND', 'APPROVE', 'DENY')),
  reference      text,
  decided_at     timestamptz,
  primary key (order_id, version),
  check ((choice is null) = (decided_at is null))
);

-- Who wanted what, and why. Never changed.
create table order_decision (
  order_id       text not null references sales_order,
  -- TAKE_BACK, or an operator's choice in the review of that version.
  wish           text not null check (wish in
                   ('TAKE_BACK', 'RETRY', 'ACCEPT', 'REFUND', 'APPROVE', 'DENY')),
  review_version integer not null default 0,
  answer         text not null check (answer in ('TAKEN', 'REFUSED')),
  actor          text not null,
  role           text not null check (role in ('CUSTOMER', 'OPERATOR', 'SYSTEM')),
  reason         text not null,
  made_at        timestamptz not null default now(),
  unique (order_id, wish, review_version, answer, actor, role, reason)
);
