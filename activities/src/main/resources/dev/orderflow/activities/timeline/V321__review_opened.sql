-- How long orders waited for an operator is asked of the reviews of the last hours or days.
create index order_review_opened on order_review (opened_at);
create index order_review_undecided on order_review (opened_at) where decided_at is null;
