package dev.orderflow.worker.check;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.workflows.payload.Payloads;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection to Temporal, as Temporal's own client configuration describes it. */
public final class TemporalConnection implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final WorkflowServiceStubs service;
  private final ClientConfigProfile profile;

  private TemporalConnection(WorkflowServiceStubs service, ClientConfigProfile profile) {
    this.service = service;
    this.profile = profile;
  }

  /**
   * Connects, trying again until {@code patience} is over.
   *
   * @throws Refusal when Temporal does not answer
   * @throws ConfigException when its configuration can't be read
   */
  public static TemporalConnection open(TemporalConfig config, Duration patience) {
    return open(config, patience, new NoopScope());
  }

  /**
   * As {@link #open(TemporalConfig, Duration)}.
   *
   * @param meters where it is counted what is asked over the connection
   */
  public static TemporalConnection open(TemporalConfig config, Duration patience, Scope meters) {
    ClientConfigProfile profile = profile(config);
    // The defaults name the address where the configuration names none.
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
            .setMetricsScope(meters)
            .setGrpcClientInterceptors(List.of(new UntakenReports()))
            .validateAndBuildWithDefaults();
    try {
      return new TemporalConnection(
          WorkflowServiceStubs.newConnectedServiceStubs(options, patience), profile);
    } catch (StatusRuntimeException | IllegalStateException e) {
      throw new Refusal(
          Finding.unreachable(
              "temporal",
              "does not answer at " + options.getTarget() + " (" + Refusal.cause(e) + ")",
              "start it, or correct [temporal] or TEMPORAL_ADDRESS"));
    }
  }

  private static ClientConfigProfile profile(TemporalConfig config) {
    try {
      return new ConnectionSettings(
              config.configFile(), config.profile(), Payloads.plain(), config.taskQueue())
          .load();
    } catch (IllegalArgumentException e) {
      throw new ConfigException("[temporal] " + e.getMessage(), e);
    }
  }

  /** The client through which everything speaks with the namespace. */
  public WorkflowClient client(DataConverter converter, String identity) {
    return WorkflowClient.newInstance(
        service,
        WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
            .setDataConverter(converter)
            .setIdentity(identity)
            .build());
  }

  /** The namespace's keeper, over a connection of its own that the caller closes. */
  public TemporalNamespace namespace() {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
                .validateAndBuildWithDefaults());
    return new TemporalNamespace(service, operator, namespaceName());
  }

  /** The namespace's name: Temporal's {@code default} where the configuration names none. */
  public String namespaceName() {
    return WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
        .validateAndBuildWithDefaults()
        .getNamespace();
  }

  /** Where Temporal is. */
  public String address() {
    return service.getOptions().getTarget();
  }

  /** Whether Temporal answers, asked now. */
  public boolean answers() {
    try {
      service
          .blockingStub()
          .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
          .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() {
    service.shutdownNow();
    service.awaitTermination(2, TimeUnit.SECONDS);
  }
}
