package dev.orderflow.activities.payment;

/** The sandbox that answers at once keeps what every channel promises. */
class SandboxContractTest extends SandboxContract {
  SandboxContractTest() {
    super(SandboxChannel::answeringAtOnce);
  }
}
