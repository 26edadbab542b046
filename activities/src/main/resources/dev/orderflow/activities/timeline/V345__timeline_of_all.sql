-- Which payments of a span waited for the customer is asked of all of them at once. They lie together
-- as they began, so that a few entries for many rows find them; no row ever changes this column.
create index payment_begun on payment using brin (created_at)
  with (pages_per_range = 8, autosummarize = on);

-- Reviews that ended within a span; an order without a review writes nothing here.
create index order_review_decided on order_review (decided_at) where decided_at is not null;
