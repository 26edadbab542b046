/**
 * {@code orderflow demo}: orders that go well and orders that go wrong on a throw-away machine, and
 * an audit of what they left behind. {@link dev.orderflow.dev.demo.Scenarios} is the story, {@link
 * dev.orderflow.dev.demo.Books} the audit.
 */
package dev.orderflow.dev.demo;
