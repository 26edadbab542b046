package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.errordetails.v1.NamespaceNotFoundFailure;
import io.temporal.api.errordetails.v1.WorkflowNotReadyFailure;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.StatusUtils;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** What the Temporal service's errors mean to someone who asks about orders. */
final class ServiceErrors {

  /** What the server says of an update whose workflow ended before it had answered. */
  private static final String ENDED_BEFORE_ANSWER = "AcceptedUpdateCompletedWorkflow";

  /** What is left of the type when a validator refuses an update: only the message is kept. */
  private static final String REFUSED_BY_VALIDATOR =
      "io.temporal.internal.worker.WorkflowExecutionException";

  private ServiceErrors() {}

  /** Our own exception for what the service itself refuses; otherwise the same. */
  static RuntimeException translated(Service service, RuntimeException e) {
    Optional<StatusRuntimeException> grpc = find(e, StatusRuntimeException.class);
    if (isOutOfTime(e)) {
      return silent(service, e);
    }
    if (e instanceof OrderflowException || grpc.isEmpty()) {
      return e;
    }
    Status status = grpc.get().getStatus();
    String said = Objects.toString(status.getDescription(), status.getCode().name());
    return switch (status.getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> silent(service, e);
      case RESOURCE_EXHAUSTED ->
          unreachable(service, "it is overloaded (" + said + ")", "try again later", e);
      case UNIMPLEMENTED ->
          unreachable(service, "something else answers there", "correct its address", e);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          unreachable(
              service,
              "it does not accept our credentials (" + said + ")",
              "correct the API key or certificate of the profile",
              e);
      case FAILED_PRECONDITION ->
          said.contains("poller") ? new NoWorkerException(service.taskQueue()) : e;
      case NOT_FOUND ->
          StatusUtils.hasFailure(grpc.get(), NamespaceNotFoundFailure.class)
              ? noNamespace(service, e)
              : e;
      case INVALID_ARGUMENT ->
          said.contains("search attribute")
              ? unreachable(
                  service,
                  "it is not set up for orders (" + said + ")",
                  "'orderflow setup' does that",
                  e)
              : e;
      default -> e;
    };
  }

  /** How the SDK fails when the first contact has used up all the time there was. */
  private static boolean isOutOfTime(RuntimeException e) {
    return find(e, IllegalArgumentException.class)
        .filter(cause -> String.valueOf(cause.getMessage()).startsWith("invalid expiration"))
        .isPresent();
  }

  static UnreachableException silent(Service service, Throwable cause) {
    return unreachable(
        service,
        "it does not answer",
        "start one with 'orderflow dev', or name it by --dir, --profile or TEMPORAL_ADDRESS",
        cause);
  }

  private static RuntimeException noNamespace(Service service, RuntimeException e) {
    return unreachable(
        service,
        "it has no namespace '" + service.client().getOptions().getNamespace() + "'",
        "'orderflow setup' creates it, or correct the profile",
        e);
  }

  private static UnreachableException unreachable(
      Service service, String why, String remedy, Throwable cause) {
    String target = service.client().getWorkflowServiceStubs().getOptions().getTarget();
    return new UnreachableException(
        Objects.toString(target, "(in this process)"), why, remedy, cause);
  }

  /** Whether nothing was done, and the same question is welcome a moment later. */
  static boolean isPutOff(RuntimeException e) {
    return find(e, StatusRuntimeException.class)
        .filter(
            grpc ->
                StatusUtils.hasFailure(grpc, WorkflowNotReadyFailure.class)
                    // An update that begins its workflow brings no details, only the words.
                    || String.valueOf(grpc.getStatus().getDescription())
                        .contains("unexpected workflow task failure"))
        .isPresent();
  }

  /** Whether the service took nothing, because it has too much to do. */
  static boolean isOverloaded(RuntimeException e) {
    return hasStatus(e, Status.Code.RESOURCE_EXHAUSTED);
  }

  /** Whether no answer came in time; what was asked may have been done. */
  static boolean isOutOfDeadline(RuntimeException e) {
    return hasStatus(e, Status.Code.DEADLINE_EXCEEDED);
  }

  private static boolean hasStatus(Throwable e, Status.Code code) {
    return find(e, StatusRuntimeException.class)
        .filter(grpc -> grpc.getStatus().getCode() == code)
        .isPresent();
  }

  /** Whether the service gave the question up before anyone had answered it. */
  static boolean isCutOff(Throwable e) {
    return find(e, CancellationException.class).isPresent() // how the SDK says CANCELLED
        || hasStatus(e, Status.Code.DEADLINE_EXCEEDED);
  }

  /** Whether the workflow that was asked has ended, or never was. */
  static boolean isGone(RuntimeException e) {
    return e instanceof WorkflowNotFoundException
        || hasType(e, OrderWorkflow.ENDED)
        || hasType(e, ENDED_BEFORE_ANSWER);
  }

  /** Whether a workflow that was running when it was to be told ended before it could be. */
  static boolean isEndedMeanwhile(WorkflowServiceException e) {
    return hasStatus(e, Status.Code.NOT_FOUND);
  }

  /** Whether the workflow refused the update, before or after taking it. */
  static boolean isRefused(RuntimeException e) {
    return hasType(e, OrderWorkflow.NOT_POSSIBLE) || hasType(e, REFUSED_BY_VALIDATOR);
  }

  /** Whether an activity or a workflow failed with that type. */
  static boolean hasType(Throwable e, String type) {
    return failures(e).anyMatch(failure -> type.equals(failure.getType()));
  }

  /** What the workflow said itself. */
  static Optional<String> said(Throwable e) {
    return failures(e).map(ApplicationFailure::getOriginalMessage).findFirst();
  }

  /** What was said with a failure of that type. */
  static Optional<String> said(Throwable e, String type) {
    return failures(e)
        .filter(failure -> type.equals(failure.getType()))
        .map(ApplicationFailure::getOriginalMessage)
        .findFirst();
  }

  private static Stream<ApplicationFailure> failures(Throwable e) {
    return causes(e)
        .filter(ApplicationFailure.class::isInstance)
        .map(ApplicationFailure.class::cast);
  }

  private static <X extends Throwable> Optional<X> find(Throwable e, Class<X> type) {
    return causes(e).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(20);
  }
}
