/**
 * One machine: starts, watches and stops the processes that orderflow needs while it is developed
 * or shown.
 *
 * <p>{@link dev.orderflow.dev.LocalSystem} is the door. Everything binds to the loopback interface
 * and lives in one {@link dev.orderflow.dev.Directory}. Nothing here knows the trade, and nothing
 * that ships to production depends on it.
 */
package dev.orderflow.dev;
