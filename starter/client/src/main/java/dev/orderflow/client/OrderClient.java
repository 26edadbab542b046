package dev.orderflow.client;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Places orders, shows them, follows them, and asks for what can be asked of them. Safe for use by
 * many threads; one per process is enough.
 *
 * <p>Every method throws an {@link OrderflowException} whose message says what to do, and a {@link
 * java.util.concurrent.CancellationException} when its thread is interrupted.
 */
public final class OrderClient implements AutoCloseable {

  /** How long a worker may take to say where an order stands. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Service service;
  private final Runnable disconnect;
  private final Placing placing;
  private final Reading reading;
  private final Following following;
  private final Asking asking;
  private final Paying paying;
  private final Recovering recovering;
  private final Listing listing;

  private OrderClient(WorkflowClient client, String taskQueue, Runnable disconnect) {
    this.service = new Service(client, taskQueue);
    this.disconnect = disconnect;
    this.placing = new Placing(service);
    this.reading = new Reading(service);
    this.following = new Following(service, reading);
    this.asking = new Asking(service, reading);
    this.paying = new Paying(service, reading, asking);
    this.recovering = new Recovering(service, placing, reading);
    this.listing = new Listing(service);
  }

  /**
   * Over a connection of its own, which {@link #close} closes.
   *
   * @throws IllegalArgumentException when the configuration file or profile can't be used
   */
  public static OrderClient connect(ConnectionSettings settings) {
    Connection connection = new Connection(settings);
    return new OrderClient(connection.client(), settings.taskQueue(), connection::close);
  }

  /**
   * Over a client that the caller owns and closes. It needs the workers' data converter ({@link
   * dev.orderflow.workflows.payload.Payloads}). Where a started worker uses the same client, an
   * order's first task runs in this process, without a way over the network.
   */
  public static OrderClient over(WorkflowClient client) {
    return over(client, OrderAttributes.TASK_QUEUE);
  }

  /** As {@link #over(WorkflowClient)}, for workers of another task queue. */
  public static OrderClient over(WorkflowClient client, String taskQueue) {
    return new OrderClient(client, taskQueue, () -> {});
  }

  /**
   * Places an order. Idempotent: the same key with the same document is the same order. Returns
   * when the order is safe, not when it has ended.
   *
   * @throws InvalidOrderException when the document can't be an order
   * @throws OrderKeyConflictException when the key was used for another document
   */
  public Placed place(OrderDocument document) {
    return placing.place(document);
  }

  /**
   * Places many orders, {@code parallelism} at a time, and returns when all are placed or refused.
   * It holds no more of them than that in memory, and takes no more while the listener is slow. A
   * document that is refused does not stop the others; a service that can't be reached does. To
   * repeat after that is safe. A service that is slow, or says that it is overloaded, is given
   * fewer at a time and asked again, until it has taken none for five minutes.
   *
   * @param orders taken from one at a time, from several threads
   * @param reader makes the document; may throw {@link InvalidOrderException}
   * @throws java.util.concurrent.CancellationException when the thread is interrupted: what was on
   *     its way has been reported, nothing further was taken
   */
  public <T> void placeAll(
      Iterator<T> orders,
      Function<T, OrderDocument> reader,
      int parallelism,
      PlaceListener<T> listener) {
    new Batch<>(orders, reader, this::place, listener).run(parallelism);
  }

  /**
   * Where an order stands, with what came after it. Needs a worker only while the order is on its
   * way.
   */
  public OrderView show(OrderId orderId) {
    return reading.show(orderId, ANSWER);
  }

  /**
   * Orders from Temporal's index, which may be a second behind: those on their way first, then
   * those that ended last; each once, with its newest status. Fetched page by page while the stream
   * is read.
   */
  public Stream<OrderSummary> list(OrderQuery query) {
    return listing.list(query);
  }

  /** The orders that {@link #recover} would help, as {@link #list} gives them. */
  public Stream<OrderSummary> brokenOff() {
    return listing.brokenOff();
  }

  /**
   * Follows an order until it has ended, and returns how.
   *
   * @param listener is given the order now and after every change, in this thread
   */
  public OrderView watch(OrderId orderId, Consumer<OrderView> listener) {
    return following.watch(orderId, ANSWER, listener);
  }

  /**
   * Waits for the order's own ending, and not for what follows it, such as mail. What came after
   * the ending, {@link #show} says.
   *
   * @throws DeadlineException when it had not ended in time; the order goes on
   */
  public OrderView result(OrderId orderId, Duration deadline) {
    return following.result(orderId, deadline, order -> {});
  }

  /**
   * As {@link #result(OrderId, Duration)}, for one whose customer may have something to do.
   *
   * @param awaiting is given the order whenever it waits for another action of the customer, in
   *     this thread
   */
  public OrderView result(OrderId orderId, Duration deadline, Consumer<OrderView> awaiting) {
    return following.result(orderId, deadline, awaiting);
  }

  /**
   * Tries another way to pay an order that awaits its payment, and answers when the order has ended
   * or waits again. The attempt before is closed first; where it was paid before that, the choice
   * is not needed, and the order goes on.
   *
   * @throws InvalidOrderException when the token or the channel can't be one
   * @throws NotPossibleException when the order does not await a payment, no attempts are left, or
   *     the channel takes no payments now; the attempt before is as it was then
   * @throws DeadlineException when there was no answer in time. It may still be tried.
   */
  public OrderView pay(OrderId orderId, PaymentChoice choice, Duration deadline) {
    return paying.pay(orderId, choice, deadline);
  }

  /**
   * Says that a provider has something to say about a payment of the order: it is asked, and what
   * came late or twice is given back. Only a hint: to send it twice, or for nothing, changes
   * nothing. Returns when the hint is safe.
   */
  public void paymentReported(OrderId orderId) {
    paying.reported(orderId);
  }

  /**
   * Takes an order back if that is possible, whether it is on its way or completed; the answer says
   * whether it was. Idempotent.
   *
   * @throws DeadlineException when there was no answer in time. It may still be done; to ask again
   *     is safe.
   */
  public CancelReply cancel(OrderId orderId, Decision decision, Duration deadline) {
    return asking.cancel(orderId, decision, deadline);
  }

  /**
   * Gives money back for a completed order: all that is left, an amount, or lines. Goods, coupons
   * and rewards stay as they are; {@link #cancel} takes those back. Idempotent by the request's
   * key: ask again with the same one after a lost answer. A refusal is an answer, with its reason.
   *
   * @throws NoSuchOrderException when there is no such order
   * @throws DeadlineException when there was no answer in time. It may still be done; to ask again
   *     with the same key is safe.
   */
  public RefundReply refund(OrderId orderId, RefundRequest request, Duration deadline) {
    return asking.refund(orderId, request, deadline);
  }

  /**
   * Decides what waits for an operator, and answers when the order has ended or waits again.
   *
   * @throws NotPossibleException when nothing of that version waits, or the choice is not among its
   *     choices, or the provider does not confirm the reference
   */
  public OrderView review(OrderId orderId, ReviewDecision decision, Duration deadline) {
    return asking.review(orderId, decision, deadline);
  }

  /**
   * Goes on with an order from the ledger, unless it is being worked on or has ended with nothing
   * owed. Idempotent.
   */
  public Recovery recover(OrderId orderId) {
    return recovering.recover(orderId);
  }

  @Override
  public void close() {
    service.close();
    disconnect.run();
  }
}
