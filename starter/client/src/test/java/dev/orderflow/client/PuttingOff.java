package dev.orderflow.client;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.temporal.api.errordetails.v1.WorkflowNotReadyFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers updates as the server does while a workflow's task is dropped under them: "unable to
 * perform workflow execution update due to unexpected workflow task failure"; and queries as it
 * does when their time is over.
 */
final class PuttingOff implements ClientInterceptor {

  private final AtomicInteger times = new AtomicInteger();
  private final AtomicInteger queries = new AtomicInteger();

  /** Puts off so many of the next. */
  void next(int updates) {
    times.set(updates);
  }

  /** Cuts off so many of the next queries. */
  void nextQueries(int count) {
    queries.set(count);
  }

  int queriesLeft() {
    return queries.get();
  }

  /** How many more it is to put off. */
  int left() {
    return times.get();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return switch (String.valueOf(method.getBareMethodName())) {
      case "UpdateWorkflowExecution" ->
          isNext(times) ? new Refused<>(notReady()) : next.newCall(method, options);
      case "ExecuteMultiOperation" ->
          isNext(times) ? new Refused<>(notReadyInWords()) : next.newCall(method, options);
      case "QueryWorkflow" ->
          isNext(queries)
              ? new Refused<>(io.grpc.Status.CANCELLED.asRuntimeException())
              : next.newCall(method, options);
      default -> next.newCall(method, options);
    };
  }

  private static boolean isNext(AtomicInteger counted) {
    return counted.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private static StatusRuntimeException notReadyInWords() {
    return io.grpc.Status.FAILED_PRECONDITION
        .withDescription(
            "Unable to perform workflow execution update due to unexpected workflow task failure.")
        .asRuntimeException();
  }

  private static StatusRuntimeException notReady() {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.FAILED_PRECONDITION_VALUE)
            .setMessage("unexpected workflow task failure")
            .addDetails(Any.pack(WorkflowNotReadyFailure.getDefaultInstance()))
            .build());
  }

  private static final class Refused<Q, A> extends ClientCall<Q, A> {
    private final StatusRuntimeException why;

    Refused(StatusRuntimeException why) {
      this.why = why;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      listener.onClose(
          why.getStatus(), Optional.ofNullable(why.getTrailers()).orElseGet(Metadata::new));
    }

    @Override
    public void request(int messages) {
      // There are none.
    }

    @Override
    public void cancel(String message, Throwable cause) {
      // It is over.
    }

    @Override
    public void halfClose() {
      // It is over.
    }

    @Override
    public void sendMessage(Q message) {
      // Nobody reads it.
    }
  }
}
