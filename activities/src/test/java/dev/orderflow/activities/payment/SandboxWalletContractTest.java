package dev.orderflow.activities.payment;

/** A wallet keeps it, where customers act and callbacks tell of it. */
class SandboxWalletContractTest extends SandboxContract {
  SandboxWalletContractTest() {
    super(SandboxChannel::wallet);
  }
}
