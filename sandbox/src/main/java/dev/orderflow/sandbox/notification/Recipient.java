package dev.orderflow.sandbox.notification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the sink receives mail for an address: what stands before the {@code +}. */
sealed interface Recipient {

  /** Takes it. */
  record Willing() implements Recipient {}

  /** Refuses for good: 550. */
  record Rejecting() implements Recipient {}

  /** Refuses for now, the first {@code times} times: 451. */
  record Deferring(int times) implements Recipient {}

  /** Never answers RCPT. */
  record Hanging() implements Recipient {}

  /** Takes the first transmission of a message and goes away without saying so. */
  record DroppingAfterData() implements Recipient {}

  Pattern MISBEHAVIOUR =
      Pattern.compile("(?:(reject)|defer-(\\d{1,6})|(hang)|(drop-after-data))\\+.*@.*");

  static Recipient of(String address) {
    Matcher matcher = MISBEHAVIOUR.matcher(address);
    if (!matcher.matches()) {
      return new Willing();
    }
    if (matcher.group(1) != null) {
      return new Rejecting();
    }
    if (matcher.group(2) != null) {
      return new Deferring(Integer.parseInt(matcher.group(2)));
    }
    return matcher.group(3) != null ? new Hanging() : new DroppingAfterData();
  }
}
