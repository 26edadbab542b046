package dev.orderflow.dev;

import dev.orderflow.cli.Main;
import dev.orderflow.workflows.order.OrderId;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Loads the classes that a command needs, so that the launcher's class archive has them: asks a
 * server in memory for an order it does not have, then shows one of a server that is not there.
 * Opens no port.
 */
final class Rehearsal {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final String NOBODY = "127.0.0.1:1";
  private static final String ORDER = OrderId.ofKey("rehearsal").toString();

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    try (var inMemory = TestServer.createServer(true)) {
      describe(options().setChannel(inMemory.getChannel()).build());
    }
    Path folder = Files.createTempDirectory("orderflow-rehearsal-");
    Path config = folder.resolve("temporal.toml");
    folder.toFile().deleteOnExit();
    config.toFile().deleteOnExit();
    Files.writeString(config, "[profile.default]\naddress = \"" + NOBODY + "\"\n");
    Main.main(new String[] {"show", ORDER, "--dir", folder.toString()});
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
