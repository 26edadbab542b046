-- What was given back of an order is asked by the order.
create index refund_of_order on refund (order_id);
