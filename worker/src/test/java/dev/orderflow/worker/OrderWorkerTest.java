package dev.orderflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.worker.config.TemporalConfig;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import org.junit.jupiter.api.Test;

class OrderWorkerTest {

  @Test
  void itsSizesReachTemporal() {
    WorkerFactoryOptions factory = OrderWorker.factoryOptions(500);
    WorkerOptions worker = OrderWorker.options(new TemporalConfig(null, null, null, 100, 500, 7));

    assertThat(factory.getWorkflowCacheSize()).isEqualTo(500);
    assertThat(factory.getMaxWorkflowThreadCount()).isEqualTo(750);
    assertThat(worker.getMaxConcurrentWorkflowTaskExecutionSize()).isEqualTo(100);
    assertThat(worker.getMaxConcurrentLocalActivityExecutionSize()).isEqualTo(126);
    assertThat(worker.getMaxConcurrentWorkflowTaskPollers()).isEqualTo(7);
  }
}
