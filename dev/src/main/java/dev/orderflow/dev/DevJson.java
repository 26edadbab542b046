package dev.orderflow.dev;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;

/**
 * What {@code dev.json} says while a machine runs.
 *
 * @param supervisor the process that watches the others
 * @param startedAt when the system says it started
 * @param addresses where everything is, on the same level as these
 * @param ports the port numbers
 * @param processes the process id of each part that serves
 */
record DevJson(
    long supervisor,
    Instant startedAt,
    @JsonUnwrapped Addresses addresses,
    Ports ports,
    Map<PartName, Long> processes) {}
