package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackBodyTest {

  @Test
  void whatIsAskedForIsReadAndTheRestLeftAlone() {
    CallbackBody body =
        body(
            """
            {"id":"evt_1","created":1700000000,"at":"2026-01-02T03:04:05Z","livemode":false,
             "nothing":null,"data":{"object":{"id":"pi_1","new":[1,2]}}}
            """);

    assertThat(body.word("/data/object/id")).isEqualTo("pi_1");
    assertThat(body.findWord("/nothing")).isEmpty();
    assertThat(body.findWord("/nowhere/at/all")).isEmpty();
    assertThat(body.yes("/livemode")).isFalse();
    assertThat(body.time("/created")).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(body.time("/at")).isEqualTo("2026-01-02T03:04:05Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "\"text\"", "{} {}", "{\"id\":1,\"id\":2}", "{\"n\":NaN}", "null"})
  void whatIsNoObjectIsMalformed(String text) {
    assertMalformed(() -> body(text));
  }

  @Test
  void whatIsDeepIsMalformed() {
    assertMalformed(() -> body("{\"a\":" + "[".repeat(100_000)));
    assertMalformed(() -> body("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"));
    assertMalformed(() -> body("{\"a\":" + "9".repeat(100_000) + "}"));
  }

  @Test
  void wordsThatNoIndexWouldTakeAreMalformed() {
    assertMalformed(() -> body("{\"id\":\"" + "x".repeat(256) + "\"}").word("/id"));
    assertMalformed(() -> body("{\"id\":\"a\\u0000b\"}").word("/id"));
    assertMalformed(() -> body("{\"id\":\"a b\"}").word("/id"));
    assertMalformed(() -> body("{\"id\":\"\"}").word("/id"));
    assertMalformed(() -> body("{\"id\":7}").word("/id"));
    assertMalformed(() -> body("{}").word("/id"));
  }

  @Test
  void timesBeyondRangeAreMalformed() {
    for (String time :
        List.of(
            "9223372036854775807", "-1", "\"+1000000000-01-01T00:00:00Z\"", "\"soon\"", "1.5")) {
      assertMalformed(() -> body("{\"at\":" + time + "}").time("/at"));
    }
    assertMalformed(() -> body("{}").time("/at"));
  }

  @Test
  void anEventOfTheOtherModeOrAnotherAccountIsNotOurs() {
    CallbackTrust trust =
        new CallbackTrust(List.of(Secret.of("s")), Mode.LIVE, Optional.of("acct_1"));

    assertThat(trust.ours(event(Mode.LIVE, Optional.of("acct_1")))).isNotNull();
    assertRefused(Why.NOT_OURS, () -> trust.ours(event(Mode.TEST, Optional.of("acct_1"))));
    assertRefused(Why.NOT_OURS, () -> trust.ours(event(Mode.LIVE, Optional.of("acct_2"))));
    assertRefused(Why.NOT_OURS, () -> trust.ours(event(Mode.LIVE, Optional.empty())));
    assertThat(trust.toString()).doesNotContain("[s]");
  }

  private static CallbackEvent event(Mode mode, Optional<String> account) {
    return new CallbackEvent(
        "evt_1", "paid", Optional.of("pi_1"), Optional.empty(), mode, account, Instant.EPOCH);
  }

  private static CallbackBody body(String text) {
    return CallbackBody.of(
        new Callback(Map.of(), text.getBytes(StandardCharsets.UTF_8), Instant.EPOCH));
  }

  private static void assertMalformed(ThrowingCallable reading) {
    assertRefused(Why.MALFORMED, reading);
  }

  private static void assertRefused(Why why, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(CallbackRefused.class, e -> assertThat(e.why()).isEqualTo(why));
  }
}
