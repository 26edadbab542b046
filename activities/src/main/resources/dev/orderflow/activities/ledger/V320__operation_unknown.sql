-- Since when it was not known what became of a call; kept when it is known at last, so that it can be
-- told how long that took.
alter table operation add column unknown_at timestamptz;

create index operation_doubted on operation (unknown_at) where unknown_at is not null;
