-- What the other side says it moved, where that is what differs.
alter table discrepancy add column reported_currency char(3);
alter table discrepancy add column reported_minor bigint;
