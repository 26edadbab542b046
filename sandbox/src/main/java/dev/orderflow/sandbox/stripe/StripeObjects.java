package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Every object there is, and what search knows of it. The journal is its memory. Safe for use by
 * many threads.
 */
final class StripeObjects implements AutoCloseable {
  private final Map<String, Deque<Version>> objects = new LinkedHashMap<>();
  private final Journal journal;
  private final Clock clock;
  private final Duration searchLag;

  private record Version(Instant at, ObjectNode object) {}

  StripeObjects(Path file, Clock clock, Duration searchLag) {
    this.journal = Journal.open(file);
    this.clock = clock;
    this.searchLag = searchLag;
    journal.replay(this::restore);
  }

  private void restore(String line) {
    try {
      ObjectNode object = (ObjectNode) Json.MAPPER.readTree(line);
      remember(new Version(Instant.ofEpochSecond(object.path("created").asLong()), object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line of the journal is none", e);
    }
  }

  private void remember(Version version) {
    objects
        .computeIfAbsent(version.object.path("id").asText(), id -> new ArrayDeque<>())
        .addLast(version);
  }

  /** A new object with an id, not kept yet. */
  synchronized ObjectNode fresh(String prefix, String kind) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", prefix + UUID.randomUUID().toString().replace("-", ""))
        .put("object", kind)
        .put("created", clock.instant().getEpochSecond())
        .put("livemode", false);
  }

  /** Keeps an object as it is now. */
  synchronized void keep(ObjectNode object) {
    journal.force(journal.write(Json.line(object)));
    remember(new Version(clock.instant(), object.deepCopy()));
  }

  /** A copy. */
  synchronized Optional<ObjectNode> find(String id) {
    return Optional.ofNullable(objects.get(id))
        .map(versions -> versions.getLast().object.deepCopy());
  }

  ObjectNode get(String id, String kind) {
    return find(id)
        .filter(object -> object.path("object").asText().equals(kind))
        .orElseThrow(() -> StripeProblem.missing(kind, id));
  }

  /** Copies, youngest first. */
  synchronized List<ObjectNode> all(String kind) {
    List<ObjectNode> all = new ArrayList<>();
    objects.values().stream()
        .map(versions -> versions.getLast().object)
        .filter(object -> object.path("object").asText().equals(kind))
        .forEach(object -> all.add(object.deepCopy()));
    Collections.reverse(all);
    return all;
  }

  /** As search finds them: late, and as they were then. */
  synchronized List<ObjectNode> indexed(String kind) {
    Instant indexed = clock.instant().minus(searchLag);
    List<ObjectNode> all = new ArrayList<>();
    for (Deque<Version> versions : objects.values()) {
      versions.stream()
          .filter(version -> !version.at.isAfter(indexed))
          .reduce((older, younger) -> younger)
          .map(Version::object)
          .filter(object -> object.path("object").asText().equals(kind))
          .ifPresent(object -> all.add(object.deepCopy()));
    }
    return all;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    journal.close();
  }
}
