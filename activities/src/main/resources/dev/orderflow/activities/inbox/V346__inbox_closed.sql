-- Of some parked events there is nothing to do and never will be: of an archived order, say. A person
-- who has looked says so, and the event is as good as delivered: known when it is sent again, but not
-- tried, not counted, and forgotten in time.
alter table inbox
  add column closed_at     timestamptz,
  -- Who closed it, and why.
  add column closed_by     text,
  add column closed_reason text;

alter table inbox drop constraint inbox_state_check;
alter table inbox
  add constraint inbox_state_check
    check (state in ('RECEIVED', 'PARKED', 'DELIVERED', 'CLOSED')),
  add constraint inbox_closed_check check (
    (state = 'CLOSED') = (closed_at is not null)
    and (closed_at is null) = (closed_by is null)
    and (closed_at is null) = (closed_reason is null)
    and (state <> 'CLOSED' or due_at is null));

create index inbox_closed on inbox (closed_at) where state = 'CLOSED';
