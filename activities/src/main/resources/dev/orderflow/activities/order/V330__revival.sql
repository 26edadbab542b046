-- An order that ended unpaid, and was paid after all, goes on under keys of a further generation.
alter table sales_order add column generation integer not null default 1 check (generation >= 1);
-- The late money that a further generation is paid by.
alter table sales_order add column paid_by text references operation;
alter table sales_order add constraint sales_order_paid_by_check
  check ((generation = 1) = (paid_by is null));

-- REVIVE: whether it goes on with the late money, decided once.
alter table order_decision drop constraint order_decision_wish_check;
alter table order_decision add constraint order_decision_wish_check
  check (wish in ('TAKE_BACK', 'RETRY', 'ACCEPT', 'REFUND', 'APPROVE', 'DENY', 'REVIVE'));
