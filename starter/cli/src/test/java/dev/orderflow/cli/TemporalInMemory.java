package dev.orderflow.cli;

import dev.orderflow.client.FakeAftercare;
import dev.orderflow.client.FakeOrder;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.payload.Payloads;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The in-memory server behind a port, a worker with the fake workflows, and a directory for both.
 */
final class TemporalInMemory implements AutoCloseable {

  private final TestServer.PortBoundTestServer server;
  private final TestWorkflowEnvironment environment;

  TemporalInMemory(Path directory) throws IOException {
    int port = freePort();
    server = TestServer.createPortBoundServer(port);
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget("127.0.0.1:" + port)
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build())
                .registerSearchAttribute(
                    OrderAttributes.STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    OrderAttributes.CUSTOMER.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    OrderAttributes.CHANNEL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    environment
        .newWorker(OrderAttributes.TASK_QUEUE)
        .registerWorkflowImplementationTypes(FakeOrder.class, FakeAftercare.class);
    environment.start();
    Files.writeString(
        directory.resolve("temporal.toml"),
        """
        [profile.default]
        address = "127.0.0.1:%d"
        namespace = "default"
        """
            .formatted(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  @Override
  public void close() {
    environment.close();
    server.close();
  }
}
