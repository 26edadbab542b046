create table coupon (
  code         text primary key,
  campaign     text,
  percent      numeric(5, 2) check (percent > 0 and percent <= 100),
  amount       bigint check (amount > 0),
  currency     char(3),
  valid_from   timestamptz not null default now(),
  valid_until  timestamptz,
  uses_allowed integer not null check (uses_allowed >= 1),
  -- Held and redeemed ones.
  uses_taken   integer not null default 0 check (uses_taken between 0 and uses_allowed),
  -- Whose it is; null for everybody's.
  customer_id  text,
  -- The key of the grant that made it: one coupon each.
  granted_by   text unique,
  revoked_at   timestamptz,
  created_at   timestamptz not null default now(),
  check ((percent is null) <> (amount is null)),
  check ((amount is null) = (currency is null)),
  check (valid_until > valid_from)
);

create table coupon_use (
  -- One for each order, so at most one that lives, and at most one redemption.
  order_id   text primary key,
  code       text not null references coupon,
  state      text not null default 'HELD' check (state in
               ('HELD', 'REDEEMED', 'RELEASED', 'EXPIRED')),
  expires_at timestamptz not null,
  pinned     boolean not null default false,
  updated_at timestamptz not null default now(),
  check (state <> 'EXPIRED' or not pinned)
) with (fillfactor = 80);

create index coupon_use_lapsing on coupon_use (expires_at) where state = 'HELD' and not pinned;
