package dev.orderflow.client;

/** The Temporal service does not answer, or does not let us in. */
public final class UnreachableException extends OrderflowException {

  UnreachableException(String target, String why, Throwable cause) {
    super(
        "the Temporal service at "
            + target
            + " can't be used ("
            + why
            + "); start one with 'orderflow dev', or give its address by --dir, --profile or"
            + " TEMPORAL_ADDRESS",
        cause);
  }
}
