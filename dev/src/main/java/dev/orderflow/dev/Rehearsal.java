package dev.orderflow.dev;

import dev.orderflow.cli.Main;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.time.Duration;

/**
 * Loads the classes that a command needs, so that the launcher's class archive has them: asks a
 * server in memory for an order it does not have, then one that is not there. Opens no port.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final String NOBODY = "127.0.0.1:1";

  private Rehearsal() {}

  public static void main(String[] args) {
    try (var inMemory = TestServer.createServer(true)) {
      describe(options().setChannel(inMemory.getChannel()).build());
    }
    describe(options().setTarget(NOBODY).build());
    Main.main(new String[] {"--help"});
  }

  private static WorkflowServiceStubsOptions.Builder options() {
    return WorkflowServiceStubsOptions.newBuilder()
        .setRpcTimeout(PATIENCE)
        .setSystemInfoTimeout(PATIENCE)
        .setRpcRetryOptions(
            RpcRetryOptions.newBuilder().setMaximumAttempts(1).setExpiration(PATIENCE).build());
  }

  private static void describe(WorkflowServiceStubsOptions options) {
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      WorkflowClient.newInstance(stubs).newUntypedWorkflowStub("rehearsal").describe();
    } catch (StatusRuntimeException | WorkflowException expected) {
      // whatever the answer, the classes have been loaded
    } finally {
      stubs.shutdownNow();
    }
  }
}
