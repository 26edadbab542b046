package dev.orderflow.drill.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.List;

/** The text of a configuration with other settings in it. */
public final class Toml {

  private static final TomlMapper MAPPER = new TomlMapper();

  static {
    // A list takes the place of a list.
    MAPPER.configOverride(ArrayNode.class).setMergeable(false);
  }

  private Toml() {}

  /**
   * Has some lines take the place of what the text says of the same keys.
   *
   * @param lines of TOML, each with the whole key
   * @throws JsonProcessingException when they are no TOML, or two of them are of one key
   */
  public static String with(String text, List<String> lines) throws JsonProcessingException {
    JsonNode tree = MAPPER.readTree(text);
    return MAPPER.writeValueAsString(
        MAPPER.readerForUpdating(tree).<JsonNode>readValue(String.join("\n", lines)));
  }
}
