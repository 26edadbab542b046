package dev.orderflow.worker.check;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Says in one line what of a worker's reports Temporal did not take. That a message came while a
 * task was open is daily business: the task is done again, with the message. Temporal's own library
 * writes a warning and a stack trace of it, which {@code WorkerLog} keeps out of the log.
 */
final class UntakenReports implements ClientInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(UntakenReports.class);

  private static final Set<String> REPORTS =
      Set.of(
          "RespondWorkflowTaskCompleted", "RespondWorkflowTaskFailed", "RespondQueryTaskCompleted");

  /** These are tried again, and whoever asks for work says so already. */
  private static final Set<Status.Code> PASSING =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    ClientCall<Q, A> call = next.newCall(method, options);
    return REPORTS.contains(String.valueOf(method.getBareMethodName()))
        ? new Watched<>(call, method.getBareMethodName())
        : call;
  }

  private static final class Watched<Q, A> extends SimpleForwardingClientCall<Q, A> {
    private final String report;

    Watched(ClientCall<Q, A> call, String report) {
      super(call);
      this.report = report;
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              if (!status.isOk()) {
                say(report, status);
              }
              super.onClose(status, trailers);
            }
          },
          headers);
    }
  }

  private static void say(String report, Status status) {
    LOG.atLevel(weight(status))
        .log("Temporal did not take {}: {} {}", report, status.getCode(), status.getDescription());
  }

  /** How much of a report's fate people want to read. */
  static Level weight(Status status) {
    boolean again =
        status.isOk()
            || PASSING.contains(status.getCode())
            || String.valueOf(status.getDescription()).contains("UnhandledCommand");
    return again ? Level.DEBUG : Level.WARN;
  }
}
