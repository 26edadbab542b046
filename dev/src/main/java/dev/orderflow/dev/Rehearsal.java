package dev.orderflow.dev;

import dev.orderflow.cli.Main;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.payload.Payloads;
import dev.orderflow.workflows.payment.PaymentPlan;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.DynamicWorkflow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Loads the classes that a command needs, so that the launcher's class archive has them: shows an
 * order that a server in memory has, over a connection as it will be.
 */
final class Rehearsal {
  private static final OrderId ORDER = OrderId.ofKey("rehearsal");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    String address = "127.0.0.1:" + serve();
    complete(address);
    Path folder = Files.createTempDirectory("orderflow-rehearsal-");
    Path config = folder.resolve("temporal.toml");
    folder.toFile().deleteOnExit();
    config.toFile().deleteOnExit();
    Files.writeString(
        config,
        """
        [profile.default]
        address = "%s"
        namespace = "default"
        """
            .formatted(address));
    Main.main(new String[] {"show", ORDER.value(), "--dir", folder.toString()});
  }

  /** The test library's own server would listen on every interface; this ends with the process. */
  private static int serve() throws IOException {
    NettyServerBuilder server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    GRPCServerHelper.registerServicesAndHealthChecks(
        new TestServicesStarter(true, 0).getServices(), server);
    return server.build().start().getPort();
  }

  private static void complete(String address) {
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build()),
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build());
    WorkerFactory factory = WorkerFactory.newInstance(client);
    factory
        .newWorker(OrderAttributes.TASK_QUEUE)
        .registerWorkflowImplementationFactory(
            DynamicWorkflow.class, () -> arguments -> completed());
    factory.start();
    WorkflowStub order =
        client.newUntypedWorkflowStub(
            "Order",
            WorkflowOptions.newBuilder()
                .setWorkflowId(ORDER.value())
                .setTaskQueue(OrderAttributes.TASK_QUEUE)
                .build());
    order.start();
    order.getResult(OrderView.class);
    factory.shutdownNow();
  }

  private static OrderView completed() {
    Money price = Money.of(CurrencyUnit.EUR, 1);
    return new OrderView(
        ORDER,
        OrderStatus.COMPLETED,
        Optional.empty(),
        Optional.of(
            new OrderPlan(
                new CustomerId("rehearsal"),
                List.of(
                    new OrderPlan.Line(
                        1,
                        "rehearsal",
                        "Rehearsal",
                        LineKind.ARTICLE,
                        1,
                        price,
                        Money.zero(CurrencyUnit.EUR))),
                price,
                Optional.empty(),
                Optional.empty(),
                PaymentPlan.by("sandbox"),
                Duration.ofSeconds(3))),
        List.of(
            new OrderView.StepView(
                StepKey.of(ORDER, Step.CHARGE), Outcome.succeeded("rehearsal"), Instant.EPOCH)),
        Optional.empty(),
        Optional.empty());
  }
}
