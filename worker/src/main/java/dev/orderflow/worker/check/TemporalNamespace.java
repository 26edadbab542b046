package dev.orderflow.worker.check;

import static dev.orderflow.workflows.order.OrderAttributes.CHANNEL;
import static dev.orderflow.workflows.order.OrderAttributes.CUSTOMER;
import static dev.orderflow.workflows.order.OrderAttributes.STATUS;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The namespace that orders live in, and what they need there. */
public final class TemporalNamespace implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 10;

  /** A worker's poll returns within a minute; one not seen for longer has gone. */
  private static final long POLL_MILLIS = TimeUnit.SECONDS.toMillis(65);

  private static final Map<String, IndexedValueType> ATTRIBUTES =
      Map.of(
          STATUS.getName(), STATUS.getValueType(),
          CUSTOMER.getName(), CUSTOMER.getValueType(),
          CHANNEL.getName(), CHANNEL.getValueType());

  /** What is wrong with a search attribute. */
  public enum Lack {
    ABSENT,
    /** Registered, but not as a Keyword. */
    OTHER_TYPE
  }

  private final WorkflowServiceStubs service;
  private final OperatorServiceStubs operator;
  private final String name;

  TemporalNamespace(WorkflowServiceStubs service, OperatorServiceStubs operator, String name) {
    this.service = service;
    this.operator = operator;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public boolean exists() {
    try {
      service
          .blockingStub()
          .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(name).build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** Creates the namespace; closed workflows are kept for {@code retention}, at least a day. */
  public void create(java.time.Duration retention) {
    service
        .blockingStub()
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .registerNamespace(
            RegisterNamespaceRequest.newBuilder()
                .setNamespace(name)
                .setWorkflowExecutionRetentionPeriod(
                    Duration.newBuilder().setSeconds(retention.toSeconds()))
                .build());
  }

  /**
   * The search attributes that are not registered, or have another type. Empty also where the
   * service does not let its attributes be listed: then starting an order tells.
   */
  public SortedMap<String, Lack> missingAttributes() {
    SortedMap<String, Lack> missing = new TreeMap<>();
    registered()
        .ifPresent(
            registered ->
                ATTRIBUTES.forEach(
                    (attribute, type) -> {
                      IndexedValueType found = registered.get(attribute);
                      if (found != type) {
                        missing.put(attribute, found == null ? Lack.ABSENT : Lack.OTHER_TYPE);
                      }
                    }));
    return missing;
  }

  private Optional<Map<String, IndexedValueType>> registered() {
    try {
      return Optional.of(
          operator
              .blockingStub()
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .listSearchAttributes(
                  ListSearchAttributesRequest.newBuilder().setNamespace(name).build())
              .getCustomAttributesMap());
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case UNIMPLEMENTED, PERMISSION_DENIED -> Optional.empty();
        default -> throw e;
      };
    }
  }

  /** Registers {@code attributes}. */
  public void addAttributes(Iterable<String> attributes) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(name);
    attributes.forEach(a -> request.putSearchAttributes(a, ATTRIBUTES.get(a)));
    operator
        .blockingStub()
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .addSearchAttributes(request.build());
  }

  /** How many workers have asked for orders within the last minute. */
  public long workers(String taskQueue) {
    long oldest = System.currentTimeMillis() - POLL_MILLIS;
    return service
        .blockingStub()
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(name)
                .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build())
        .getPollersList()
        .stream()
        .filter(poller -> Timestamps.toMillis(poller.getLastAccessTime()) > oldest)
        .map(PollerInfo::getIdentity)
        .distinct()
        .count();
  }

  @Override
  public void close() {
    operator.shutdownNow();
    operator.awaitTermination(2, TimeUnit.SECONDS);
  }
}
