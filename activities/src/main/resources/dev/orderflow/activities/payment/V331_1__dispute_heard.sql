-- When a dispute was opened; absent where the provider does not say, and of what was heard of before.
-- opened_at stays what it was, when the shop heard of it: workers of the version before read it.
alter table dispute add column opened_by_provider_at timestamptz;
