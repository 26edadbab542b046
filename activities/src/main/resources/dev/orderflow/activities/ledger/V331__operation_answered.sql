-- When the other side first answered a call: it did it, refused it, or accepted it and waits for
-- somebody. What became of it later, such as a customer's payment, is in updated_at.
alter table operation add column answered_at timestamptz;

-- Figures look back for an hour. A payment that waited has no such time from before.
update operation set answered_at = updated_at
where created_at > now() - interval '1 hour' and first_sent_at is not null
  and state in ('SUCCEEDED', 'DECLINED')
  and not exists
    (select from payment where payment.key = operation.key and payment.next_action is not null);
