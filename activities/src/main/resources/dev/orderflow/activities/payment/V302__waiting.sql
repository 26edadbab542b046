-- What the customer has to do, while the provider waits for it; as JSON, nothing of it is secret.
alter table payment add column next_action jsonb;

-- A payment that was closed before it was ever sent was refused, and nothing was asked.
alter table operation drop constraint operation_check;
alter table operation add constraint operation_check
  check (state in ('FENCED', 'SUCCEEDED', 'DECLINED') or fingerprint is not null);

alter table sales_order drop constraint sales_order_status_check;
alter table sales_order add constraint sales_order_status_check
  check (status in
    ('PLACED', 'AWAITING_PAYMENT', 'ON_HOLD', 'COMPENSATING', 'IN_REVIEW', 'COMPLETED',
     'REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED'));
