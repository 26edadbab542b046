package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.payload.Json;
import org.junit.jupiter.api.Test;

class OrderFingerprintTest {

  private static final String ORDER =
      """
      {"key": "k", "customer": "c", "recipient": {"name": "n", "email": "e@f"},
       "currency": "EUR", "lines": [{"article": "A", "quantity": 1, "unitPrice": 12.50}],
       "payment": {"token": "t"}}
      """;

  @Test
  void theKeyAndTheSpellingOfNumbersDoNotMatter() throws JsonProcessingException {
    assertThat(of(ORDER.replace("\"k\"", "\"other\""))).isEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("12.50", "12.5"))).isEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("12.50", "12.50, \"taxRate\": null"))).isEqualTo(of(ORDER));
  }

  @Test
  void everythingElseDoes() throws JsonProcessingException {
    assertThat(of(ORDER.replace("12.50", "12.51"))).isNotEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("\"t\"", "\"u\""))).isNotEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("}],", "}], \"country\": \"DE\","))).isNotEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("\"t\"", "\"t\", \"method\": \"card\""))).isNotEqualTo(of(ORDER));
    assertThat(of(ORDER.replace("}],", "}], \"coupon\": \"X\","))).isNotEqualTo(of(ORDER));
  }

  @Test
  void itLastsFromReleaseToRelease() throws JsonProcessingException {
    assertThat(of(ORDER))
        .isEqualTo("59d530214d67f8e1206a22e563954adb3c3932ca372651ed0f00c929785f0dfd");
  }

  private static String of(String json) throws JsonProcessingException {
    return OrderFingerprint.of(Json.MAPPER.readValue(json, OrderDocument.class));
  }
}
