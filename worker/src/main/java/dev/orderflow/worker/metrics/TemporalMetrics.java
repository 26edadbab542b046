package dev.orderflow.worker.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.MetricsTag;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where Temporal's SDK counts what it does: among our own figures. */
public final class TemporalMetrics {

  private static final String PREFIX = "temporal_";

  /**
   * Prometheus wants the same labels on all series of a metric; the SDK leaves out those that do
   * not apply.
   */
  private static final List<String> LABELS =
      List.of(
          MetricsTag.NAMESPACE,
          MetricsTag.TASK_QUEUE,
          MetricsTag.ACTIVITY_TYPE,
          MetricsTag.WORKFLOW_TYPE,
          MetricsTag.OPERATION_NAME,
          MetricsTag.STATUS_CODE,
          MetricsTag.WORKER_TYPE);

  private TemporalMetrics() {}

  /** Counts into {@code meters}, in batches; to be closed with its last one. */
  public static Scope into(MeterRegistry meters, Duration every) {
    meters.config().meterFilter(new SameLabels());
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(meters))
        .reportEvery(com.uber.m3.util.Duration.ofMillis(every.toMillis()));
  }

  private static final class SameLabels implements MeterFilter {
    @Override
    public Meter.Id map(Meter.Id id) {
      if (!id.getName().startsWith(PREFIX)) {
        return id;
      }
      List<String> present = id.getTags().stream().map(Tag::getKey).toList();
      Stream<Tag> absent =
          LABELS.stream().filter(label -> !present.contains(label)).map(l -> Tag.of(l, "none"));
      return id.replaceTags(Tags.of(id.getTags()).and(absent.collect(Collectors.toList())));
    }
  }
}
