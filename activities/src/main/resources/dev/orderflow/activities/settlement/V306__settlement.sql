-- What providers say they settled and the ledger knows too.
create table settlement (
  channel    text not null,
  reference  text not null,
  settled_on date not null,
  primary key (channel, reference)
);

-- Where a provider's report and the ledger differ. One row each, however often they are compared.
create table settlement_difference (
  -- Whose report, and of which day, in UTC.
  channel            text not null,
  date               date not null,
  -- The provider's name for the transaction.
  reference          text not null,
  difference         text not null check (difference in
                       ('MISSING_IN_LEDGER', 'MISSING_AT_PROVIDER', 'AMOUNT_DIFFERS',
                        'UNKNOWN_ORDER')),
  -- OPEN: a person has to look. SIGNALLED: its order was told to ask the provider. MENDED: both
  -- agree now. CLOSED: a person has looked.
  state              text not null default 'OPEN' check (state in
                       ('OPEN', 'SIGNALLED', 'MENDED', 'CLOSED')),
  -- Absent where the report's order is none of ours.
  order_id           text,
  -- What the provider reports; absent where it reports nothing.
  kind               text,
  currency           text,
  amount_minor       bigint,
  -- What the ledger knows; absent where it knows nothing.
  ledger_kind        text,
  ledger_currency    text,
  ledger_amount_minor bigint,
  found_at           timestamptz not null default now(),
  changed_at         timestamptz not null default now(),
  -- Who closed it, and why.
  actor              text,
  reason             text,
  primary key (channel, date, reference, difference),
  check ((state = 'CLOSED') = (actor is not null)),
  check ((actor is null) = (reason is null))
);

create index settlement_difference_unsettled on settlement_difference (channel, date)
  where state in ('OPEN', 'SIGNALLED');

create index provider_transaction_by_day on provider_transaction (channel, reported_at);
