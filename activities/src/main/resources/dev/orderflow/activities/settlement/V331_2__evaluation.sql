-- What `channel evaluate` paid for no order, and gave back: order_id is then the name it used.
alter table settlement_difference drop constraint settlement_difference_difference_check;
alter table settlement_difference add constraint settlement_difference_difference_check
  check (difference in
    ('MISSING_IN_LEDGER', 'MISSING_AT_PROVIDER', 'AMOUNT_DIFFERS', 'UNKNOWN_ORDER', 'EVALUATION'));

create index settlement_difference_evaluation on settlement_difference (order_id)
  where difference = 'EVALUATION';
