package dev.orderflow.client;

/** The Temporal service does not answer, does not let us in, or is not set up for orders. */
public final class UnreachableException extends OrderflowException {

  UnreachableException(String target, String why, String remedy, Throwable cause) {
    super("the Temporal service at " + target + " can't be used: " + why + "; " + remedy, cause);
  }
}
