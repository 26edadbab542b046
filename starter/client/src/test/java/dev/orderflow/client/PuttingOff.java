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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers updates as the server does while a workflow's task is dropped under them: "unable to
 * perform workflow execution update due to unexpected workflow task failure".
 */
final class PuttingOff implements ClientInterceptor {

  private final AtomicInteger times = new AtomicInteger();

  /** Puts off so many of the next. */
  void next(int updates) {
    times.set(updates);
  }

  /** How many more it is to put off. */
  int left() {
    return times.get();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    boolean update = "UpdateWorkflowExecution".equals(method.getBareMethodName());
    return update && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        ? new Refused<>()
        : next.newCall(method, options);
  }

  private static final class Refused<Q, A> extends ClientCall<Q, A> {
    @Override
    public void start(Listener<A> listener, Metadata headers) {
      StatusRuntimeException notReady =
          StatusProto.toStatusRuntimeException(
              Status.newBuilder()
                  .setCode(Code.FAILED_PRECONDITION_VALUE)
                  .setMessage("unexpected workflow task failure")
                  .addDetails(Any.pack(WorkflowNotReadyFailure.getDefaultInstance()))
                  .build());
      listener.onClose(notReady.getStatus(), notReady.getTrailers());
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
