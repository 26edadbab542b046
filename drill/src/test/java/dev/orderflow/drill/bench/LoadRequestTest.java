package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.payload.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadRequestTest {

  static Workload[] workloads() {
    return new Workload[] {
      new Workload.Counted(32, 5_000),
      new Workload.Closed(32, Duration.ofSeconds(15)),
      new Workload.Open(48.5, Duration.ofSeconds(10))
    };
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void arrivesInTheOtherProcessAsItWas(Workload workload) throws JsonProcessingException {
    LoadRequest request =
        new LoadRequest(
            Variant.ASYNC, 1_000_000_000_000L, workload, Optional.of(Path.of("/tmp/x.jfr")));

    String line = Json.text(request);

    assertThat(line).doesNotContain("\n");
    assertThat(Json.MAPPER.readValue(line, LoadRequest.class)).isEqualTo(request);
  }
}
