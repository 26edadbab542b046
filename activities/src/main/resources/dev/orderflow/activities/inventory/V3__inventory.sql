create table stock (
  article    text primary key,
  on_hand    integer not null check (on_hand >= 0),
  reserved   integer not null default 0 check (reserved between 0 and on_hand),
  updated_at timestamptz not null default now()
);

create table reservation (
  order_id   text not null,
  line       integer not null check (line >= 1),
  article    text not null references stock,
  quantity   integer not null check (quantity >= 1),
  state      text not null default 'RESERVED' check (state in
               ('RESERVED', 'RELEASED', 'EXPIRED', 'COMMITTED', 'RESTOCKED')),
  expires_at timestamptz not null,
  -- Money was asked for: it does not lapse any more, and ends only by its order's own undo.
  pinned     boolean not null default false,
  updated_at timestamptz not null default now(),
  -- One for each line of an order, so at most one that lives.
  primary key (order_id, line),
  check (state <> 'EXPIRED' or not pinned)
) with (fillfactor = 80);

create index reservation_lapsing on reservation (expires_at)
  where state = 'RESERVED' and not pinned;
