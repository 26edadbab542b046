package dev.orderflow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.client.document.OrderLine;
import dev.orderflow.client.document.OrderReader;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many orders, and a service that does not take them all at once. */
class BatchTest {

  private final Set<OrderId> placed = ConcurrentHashMap.newKeySet();
  private final List<Integer> widths = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();

  @Test
  void whatAnOverloadedServiceDoesNotTakeIsTriedAgainWithFewerAtATime() {
    place(
        8,
        40,
        document ->
            calls.incrementAndGet() <= 3 ? refuse(Status.RESOURCE_EXHAUSTED) : at(document));

    assertThat(placed).hasSize(40);
    assertThat(calls).hasValue(43);
    assertThat(widths).isNotEmpty().allMatch(width -> width < 8);
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsOverloadWhereOneCameBefore() {
    place(
        1,
        3,
        document -> calls.incrementAndGet() == 2 ? refuse(Status.DEADLINE_EXCEEDED) : at(document));

    assertThat(placed).hasSize(3);
    assertThat(calls).hasValue(4);
  }

  @Test
  void aServiceThatNeverAnsweredIsNotWaitedFor() {
    assertThatThrownBy(() -> place(1, 3, document -> refuse(Status.DEADLINE_EXCEEDED)))
        .hasMessageContaining("DEADLINE_EXCEEDED");
  }

  @Test
  void aServiceThatWasNotAskedForLongIsGivenItsTime() {
    place(
        1,
        3,
        document -> {
          int call = calls.incrementAndGet();
          if (call == 2) {
            pass(Batch.PATIENCE.plusMinutes(1));
          }
          return call == 2 ? refuse(Status.RESOURCE_EXHAUSTED) : at(document);
        });

    assertThat(placed).hasSize(3);
  }

  @Test
  void aServiceThatOnlyRefusesOrdersIsNotOverloaded() {
    List<RuntimeException> refused = new CopyOnWriteArrayList<>();
    place(
        1,
        3,
        document -> {
          pass(Batch.PATIENCE.minusMinutes(1));
          int call = calls.incrementAndGet();
          if (call == 2 || call == 4) {
            return refuse(Status.RESOURCE_EXHAUSTED);
          }
          throw OrderKeyConflictException.ofKey(document.key(), OrderId.ofKey(document.key()));
        },
        refused);

    assertThat(refused).hasSize(3).allMatch(why -> why instanceof OrderKeyConflictException);
  }

  @Test
  void aServiceThatTakesNothingForLongIsGivenUp() {
    assertThatThrownBy(
            () ->
                place(
                    1,
                    3,
                    document -> {
                      calls.incrementAndGet();
                      pass(Batch.PATIENCE.plusMinutes(1));
                      return refuse(Status.RESOURCE_EXHAUSTED);
                    }))
        .hasMessageContaining("RESOURCE_EXHAUSTED");
    assertThat(calls).hasValue(2);
    assertThat(placed).isEmpty();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void anythingElseStopsTheRest() {
    assertThatThrownBy(() -> place(1, 3, document -> refuse(Status.INTERNAL)))
        .hasMessageContaining("INTERNAL");
    assertThat(placed).isEmpty();
  }

  @Test
  void whoIsPutOffDoesNotHoldUpAnInterrupt() {
    Thread caller = Thread.currentThread();

    assertThatThrownBy(
            () ->
                place(
                    4,
                    100,
                    document -> {
                      caller.interrupt();
                      return refuse(Status.RESOURCE_EXHAUSTED);
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(placed).isEmpty();
  }

  private void place(int parallelism, int orders, Function<OrderDocument, Placed> service) {
    List<RuntimeException> refused = new CopyOnWriteArrayList<>();
    place(parallelism, orders, service, refused);
    assertThat(refused).isEmpty();
  }

  private void place(
      int parallelism,
      int orders,
      Function<OrderDocument, Placed> service,
      List<RuntimeException> refused) {
    new Batch<>(
            lines(orders),
            OrderLine::document,
            service,
            new PlaceListener<OrderLine>() {
              @Override
              public void placed(OrderLine line, Placed order) {
                assertThat(placed.add(order.orderId())).isTrue();
              }

              @Override
              public void refused(OrderLine line, RuntimeException why) {
                refused.add(why);
              }

              @Override
              public void heldUp(int atATime) {
                widths.add(atATime);
              }
            },
            new Patience(Batch.PATIENCE, now::get))
        .run(parallelism);
  }

  private static Placed at(OrderDocument document) {
    return new Placed(OrderId.ofKey(document.key()), Placed.Novelty.NEW);
  }

  private static Placed refuse(Status status) {
    throw new IllegalStateException(status.getCode().name(), status.asRuntimeException());
  }

  private static Iterator<OrderLine> lines(int count) {
    String text =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    """
                    {"key": "k-%d", "customer": "c", "recipient": {"name": "A", "email": "a@b.cd"}, \
                    "currency": "EUR", "lines": [{"article": "a", "quantity": 1}], \
                    "payment": {"token": "approve"}}"""
                        .formatted(i))
            .collect(Collectors.joining("\n"));
    return OrderReader.lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
