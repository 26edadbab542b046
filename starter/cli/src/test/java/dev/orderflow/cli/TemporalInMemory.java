package dev.orderflow.cli;

import dev.orderflow.client.FakeAftercare;
import dev.orderflow.client.FakeOrder;
import dev.orderflow.client.FakeRecall;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.payload.Payloads;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The in-memory server behind a port, a worker with the fake workflows, and a directory for both.
 */
final class TemporalInMemory implements AutoCloseable {

  private final TestServicesStarter services = new TestServicesStarter(true, 0);
  private final Server server;
  private final TestWorkflowEnvironment environment;

  TemporalInMemory(Path directory) throws IOException {
    // The test library's own server would listen on every interface.
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    server = builder.build().start();
    int port = server.getPort();
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
        .registerWorkflowImplementationTypes(
            FakeOrder.class, FakeAftercare.class, FakeRecall.class);
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

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  @Override
  public void close() {
    environment.close();
    server.shutdownNow();
    services.close();
  }
}
