create table article (
  code         text primary key,
  kind         text not null check (kind in ('ARTICLE', 'SHIPPING', 'FEE')),
  name         text not null,
  -- In minor units.
  unit_price   bigint not null check (unit_price >= 0),
  currency     char(3) not null,
  tax_rate     numeric(7, 4) not null check (tax_rate between 0 and 100),
  tax_included boolean not null,
  updated_at   timestamptz not null default now()
);
