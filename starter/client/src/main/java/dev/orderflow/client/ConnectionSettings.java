package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.payload.Payloads;
import io.grpc.ManagedChannelBuilder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the Temporal service is reached: address, namespace, TLS and API key come from Temporal's own
 * environment configuration (a TOML file and {@code TEMPORAL_*} variables).
 *
 * @param configFile this file alone, whatever the environment says; absent: what Temporal's tools
 *     would use
 * @param profile the profile within it; absent: the usual one
 * @param converter must be the workers' own, with their keys
 */
public record ConnectionSettings(
    Optional<Path> configFile,
    Optional<String> profile,
    DataConverter converter,
    String taskQueue) {

  /** From the environment, payloads not encrypted, on the usual task queue. */
  public static ConnectionSettings usual() {
    return new ConnectionSettings(
        Optional.empty(), Optional.empty(), Payloads.plain(), OrderAttributes.TASK_QUEUE);
  }

  public ConnectionSettings withConfigFile(Path file) {
    return new ConnectionSettings(Optional.of(file), profile, converter, taskQueue);
  }

  public ConnectionSettings withProfile(String name) {
    return new ConnectionSettings(configFile, Optional.of(name), converter, taskQueue);
  }

  public ConnectionSettings withConverter(DataConverter other) {
    return new ConnectionSettings(configFile, profile, other, taskQueue);
  }

  public ConnectionSettings withTaskQueue(String other) {
    return new ConnectionSettings(configFile, profile, converter, other);
  }

  /**
   * Opens a client; the connection itself is made by the first call. The caller shuts its stubs
   * down.
   *
   * @throws IllegalArgumentException when the file or the profile can't be used
   */
  public WorkflowClient open() {
    return open(channel -> {});
  }

  WorkflowClient open(Consumer<ManagedChannelBuilder<?>> channel) {
    ClientConfigProfile found = load();
    WorkflowClientOptions options =
        WorkflowClientOptions.newBuilder(found.toWorkflowClientOptions())
            .setDataConverter(converter)
            .build();
    WorkflowServiceStubsOptions stubs =
        WorkflowServiceStubsOptions.newBuilder(found.toWorkflowServiceStubsOptions())
            .setChannelInitializer(channel::accept)
            .build();
    return WorkflowClient.newInstance(WorkflowServiceStubs.newServiceStubs(stubs), options);
  }

  /**
   * What Temporal's configuration says.
   *
   * @throws IllegalArgumentException when the file or the profile can't be used
   */
  public ClientConfigProfile load() {
    LoadClientConfigProfileOptions.Builder options = LoadClientConfigProfileOptions.newBuilder();
    profile.ifPresent(options::setConfigFileProfile);
    configFile.ifPresent(
        file -> {
          if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + ": there is no such file that can be read");
          }
          options.setConfigFilePath(file.toString()).setDisableEnv(true).setConfigFileStrict(true);
        });
    try {
      return ClientConfigProfile.load(options.build());
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Temporal's configuration"
              + configFile.map(file -> " " + file).orElse("")
              + profile.map(name -> ", profile '" + name + "'").orElse("")
              + " can't be used: "
              + e.getMessage(),
          e);
    }
  }
}
