package dev.orderflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.worker.WorkerFactoryOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a worker has room for. */
class OrderWorkerTest {

  @ParameterizedTest
  @CsvSource({"2, 400, 600", "64, 400, 600", "400, 400, 600", "1000, 1000, 1500"})
  void allOrdersThatAreCarriedAtATimeHaveRoomAndThreads(int orders, int cached, int threads) {
    WorkerFactoryOptions options = OrderWorker.factoryOptions(orders);

    assertThat(options.getWorkflowCacheSize()).isEqualTo(cached).isGreaterThanOrEqualTo(orders);
    assertThat(options.getMaxWorkflowThreadCount()).isEqualTo(threads);
  }
}
