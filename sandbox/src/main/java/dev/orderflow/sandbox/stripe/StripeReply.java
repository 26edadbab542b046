package dev.orderflow.sandbox.stripe;

/** What goes over the wire. */
record StripeReply(int status, String body) {}
