-- What a customer was told, or is to be told: one row per message, however often it is sent.
create table message (
  key            text primary key references operation,
  order_id       text not null,
  event          text not null,
  -- Which telling of the event this is; a further one only after a refusal.
  occurrence     integer not null check (occurrence >= 1),
  channel        text not null check (channel in ('MAIL')),
  recipient      text not null,
  -- Stable: a mail that is sent again is recognised by it.
  message_id     text not null unique,
  state          text not null check (state in
                   ('PENDING', 'SUCCEEDED', 'DECLINED', 'NOT_EXECUTED', 'UNKNOWN')),
  -- How often it was handed to the mail server, or may have been.
  attempts       integer not null check (attempts >= 1),
  reason_code    text,
  reason_message text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  unique (order_id, event, occurrence, channel, recipient)
);
