package dev.orderflow.sandbox.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;

/**
 * One mail that came over the wire, a line of the mail log.
 *
 * @param messageId without angle brackets
 * @param from the envelope's sender
 * @param to the envelope's recipients
 * @param subject decoded
 * @param duplicateOf the {@code seq} of the first transmission with this Message-ID; absent from
 *     the JSON of a first one
 */
@JsonInclude(Include.NON_NULL)
record Transmission(
    long seq,
    Instant at,
    String messageId,
    String from,
    List<String> to,
    String subject,
    Long duplicateOf) {

  boolean first() {
    return duplicateOf == null;
  }
}
