package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.payload.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShiftTest {

  static Pace[] paces() {
    return new Pace[] {
      new Pace.Counted(32, 5_000),
      new Pace.Closed(32, Duration.ofSeconds(15)),
      new Pace.Open(48.5, Duration.ofSeconds(10))
    };
  }

  @ParameterizedTest
  @MethodSource("paces")
  void arrivesInTheOtherProcessAsItWas(Pace pace) throws JsonProcessingException {
    Shift shift =
        new Shift(Variant.ASYNC, 1_000_000_000_000L, pace, Optional.of(Path.of("/tmp/x.jfr")));

    String line = Json.text(shift);

    assertThat(line).doesNotContain("\n");
    assertThat(Json.MAPPER.readValue(line, Shift.class)).isEqualTo(shift);
  }
}
