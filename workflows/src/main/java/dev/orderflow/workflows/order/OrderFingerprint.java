package dev.orderflow.workflows.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.workflows.payload.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * By what two documents are recognised as the same order: the SHA-256, in hex, of a document's JSON
 * without its key, fields sorted by name and numbers without trailing zeros. So {@code 12.5} and
 * {@code 12.50} are the same, and so is a field that is absent or null.
 */
public final class OrderFingerprint {

  private OrderFingerprint() {}

  public static String of(OrderDocument document) {
    ObjectNode tree = Json.MAPPER.valueToTree(document);
    tree.remove("key");
    try {
      byte[] canonical =
          Json.MAPPER.writeValueAsString(sorted(tree)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new AssertionError("a document is JSON, and every JDK has SHA-256", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
      ObjectNode sorted = Json.MAPPER.createObjectNode();
      fields.forEach(sorted::set);
      return sorted;
    }
    if (node.isArray()) {
      var sorted = Json.MAPPER.createArrayNode();
      node.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return node.isNumber() ? number(node.decimalValue()) : node;
  }

  /** As text, because only a decimal written out has one form. */
  private static JsonNode number(BigDecimal value) {
    return Json.MAPPER.getNodeFactory().textNode(value.stripTrailingZeros().toString());
  }
}
