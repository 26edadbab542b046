package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a {@link LoadMain} is asked to do, as one line of JSON.
 *
 * @param first the number of the first order; no number is used twice in a run
 * @param recording where a Java flight recording of the shift is put; none when absent
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Shift(Variant variant, long first, Pace pace, Optional<Path> recording) {

  Shift {
    recording = recording == null ? Optional.empty() : recording;
  }

  static Shift of(Variant variant, long first, Pace pace) {
    return new Shift(variant, first, pace, Optional.empty());
  }
}
