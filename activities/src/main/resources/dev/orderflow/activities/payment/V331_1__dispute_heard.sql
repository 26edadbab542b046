-- When the shop heard of a dispute is one thing, when it was opened another; absent where the provider
-- does not say, and of what was heard of before.
alter table dispute rename column opened_at to heard_at;
alter table dispute add column opened_at timestamptz;
