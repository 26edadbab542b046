package dev.orderflow.dev;

import dev.orderflow.cli.Main;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;

/**
 * Loads the classes that a command needs, so that the launcher's class archive has them: asks a
 * server that is not there. Whatever goes wrong, the classes have been loaded.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] args) {
    var options =
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget("127.0.0.1:1")
            .setRpcTimeout(Duration.ofMillis(500))
            .setSystemInfoTimeout(Duration.ofMillis(500))
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder()
                    .setMaximumAttempts(1)
                    .setExpiration(Duration.ofMillis(500))
                    .build())
            .build();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      WorkflowClient.newInstance(stubs).newUntypedWorkflowStub("rehearsal").describe();
    } catch (StatusRuntimeException | WorkflowServiceException | WorkflowNotFoundException there) {
      // as expected: nobody is
    } finally {
      stubs.shutdownNow();
    }
    Main.main(new String[] {"--help"});
  }
}
