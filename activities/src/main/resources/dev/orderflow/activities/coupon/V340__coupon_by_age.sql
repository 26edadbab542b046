-- Coupons are listed by pages, the newest first: rewards make as many as there are orders.
create index coupon_by_age on coupon (created_at, code);
