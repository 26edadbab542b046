package dev.orderflow.activities.payment;

/** A provider without keys keeps it, where what is in doubt is only asked about. */
class SandboxPlainContractTest extends SandboxContract {
  SandboxPlainContractTest() {
    super(SandboxChannel::plain);
  }
}
