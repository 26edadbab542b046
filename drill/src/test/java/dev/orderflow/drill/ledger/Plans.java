package dev.orderflow.drill.ledger;

import static java.util.stream.Collectors.toCollection;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** How statements were carried out, each time, as PostgreSQL's auto_explain tells it. */
final class Plans {

  static final String LOG = "statements";

  /**
   * More rows than any table has that does not grow with the orders, and than a span holds here.
   */
  static final int MANY = 1_500;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BEGIN = "{";

  /** One statement, once. */
  private record Plan(String text, JsonNode root) {}

  private final List<Plan> plans = new ArrayList<>();

  /** Of all that the work executes in a database that has all explained. */
  static Plans of(Cluster cluster, Room room, Runnable work) throws IOException {
    Path log = cluster.directory().resolve("log/" + LOG + ".json");
    long before = Files.size(log);
    work.run();
    String last = "select 'until " + System.nanoTime() + "'";
    room.ledger().useHandle(tx -> tx.execute(last));
    // A process of its own writes what the others tell it, in their order.
    String told = await().until(() -> behind(log, before), text -> text.contains(last));
    return new Plans(told);
  }

  private static String behind(Path log, long place) throws IOException {
    byte[] all = Files.readAllBytes(log);
    return new String(all, (int) place, (int) (all.length - place), StandardCharsets.UTF_8);
  }

  private Plans(String told) throws IOException {
    try (MappingIterator<JsonNode> lines = MAPPER.readerFor(JsonNode.class).readValues(told)) {
      while (lines.hasNext()) {
        String message = lines.next().path("message").asText();
        if (message.contains(" plan:\n" + BEGIN)) {
          JsonNode plan = MAPPER.readTree(message.substring(message.indexOf(BEGIN)));
          plans.add(new Plan(plan.path("Query Text").asText(), plan.path("Plan")));
        }
      }
    }
  }

  /** The statements, each once. */
  Set<String> statements() {
    return plans.stream()
        .map(plan -> plan.text().replaceAll("\\s+", " "))
        .collect(toCollection(TreeSet::new));
  }

  /** What read many rows of a table, one line for each way to do so. */
  Set<String> thorough() {
    Set<String> seen = new TreeSet<>();
    plans.forEach(plan -> look(plan, plan.root(), seen));
    return seen;
  }

  private static void look(Plan plan, JsonNode node, Set<String> seen) {
    String relation = node.path("Relation Name").asText(node.path("Index Name").asText());
    long read = Math.round(read(node) * node.path("Actual Loops").asDouble());
    if (!relation.isEmpty() && read > MANY) {
      seen.add(
          "%s on %s reads %d rows: %s"
              .formatted(
                  node.path("Node Type").asText(),
                  relation,
                  read,
                  plan.text().replaceAll("\\s+", " ")));
    }
    StreamSupport.stream(node.path("Plans").spliterator(), false)
        .forEach(child -> look(plan, child, seen));
  }

  /** Each time: what it gave, and what it looked at in vain. */
  private static double read(JsonNode node) {
    return node.path("Actual Rows").asDouble()
        + node.path("Rows Removed by Filter").asDouble()
        + node.path("Rows Removed by Index Recheck").asDouble();
  }
}
