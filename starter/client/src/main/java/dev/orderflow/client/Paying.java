package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderRules;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.payment.PaymentChoice;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.time.Duration;

/** What an order that waits for its customer's payment is told. */
final class Paying {

  private static final String PAY = "pay";
  private static final String REPORTED = "paymentReported";

  private final Service service;
  private final Reading reading;
  private final Asking asking;

  Paying(Service service, Reading reading, Asking asking) {
    this.service = service;
    this.reading = reading;
    this.asking = asking;
  }

  OrderView pay(OrderId orderId, PaymentChoice choice, Duration deadline) {
    OrderRules.check(choice);
    try {
      return asking.update(orderId, orderId.value(), PAY, OrderView.class, choice, deadline);
    } catch (RuntimeException e) {
      if (!ServiceErrors.isGone(e)) {
        throw e;
      }
      OrderView view = reading.showHere(orderId, deadline);
      throw new NotPossibleException(
          orderId, "it does not wait for a payment; it is " + view.status());
    }
  }

  /** To the order, or to what comes after it, which is begun for it. */
  void reported(OrderId orderId) {
    try {
      service.call(
          () -> {
            service.stub(orderId.value()).signal(REPORTED);
            return orderId;
          });
    } catch (WorkflowNotFoundException ended) {
      try {
        reportedAfterwards(orderId);
      } catch (WorkflowServiceException e) {
        if (!ServiceErrors.isEndedMeanwhile(e)) {
          throw e;
        }
        reportedAfterwards(orderId);
      }
    }
  }

  private void reportedAfterwards(OrderId orderId) {
    service.call(
        () ->
            service
                .client()
                .newUntypedWorkflowStub(Asking.AFTERCARE_TYPE, asking.aftercareOptions(orderId))
                .signalWithStart(REPORTED, new Object[0], new Object[] {orderId}));
  }
}
