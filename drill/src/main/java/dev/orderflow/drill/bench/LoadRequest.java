package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link LoadMain} is asked to do, as one line of JSON.
 *
 * @param first the number of the first order; no number is used twice in a run
 * @param recording where a Java flight recording of it is put; none when absent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LoadRequest(Variant variant, long first, Workload workload, Optional<Path> recording) {

  LoadRequest {
    recording = recording == null ? Optional.empty() : recording;
  }

  static LoadRequest of(Variant variant, long first, Workload workload) {
    return new LoadRequest(variant, first, workload, Optional.empty());
  }
}
