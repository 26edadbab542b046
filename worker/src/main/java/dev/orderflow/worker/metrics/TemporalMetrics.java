package dev.orderflow.worker.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.MetricsTag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
        .reporter(new Reporter(meters))
        .reportEvery(com.uber.m3.util.Duration.ofMillis(every.toMillis()));
  }

  /**
   * Finds each timer once. The SDK reports some forty times per order, and to look a timer up means
   * to sort its labels.
   */
  private static final class Reporter extends MicrometerClientStatsReporter {
    private record Series(String name, Map<String, String> labels) {}

    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry meters;

    Reporter(MeterRegistry meters) {
      super(meters);
      this.meters = meters;
    }

    @Override
    public void reportTimer(
        String name, Map<String, String> labels, com.uber.m3.util.Duration took) {
      Map<String, String> known = labels == null ? Map.of() : labels;
      timers
          .computeIfAbsent(new Series(name, known), this::timer)
          .record(took.getNanos(), TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
      List<Tag> tags = new ArrayList<>();
      series.labels().forEach((label, value) -> tags.add(Tag.of(label, value)));
      return Timer.builder(series.name())
          .tags(tags)
          .publishPercentileHistogram(true)
          .register(meters);
    }
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
