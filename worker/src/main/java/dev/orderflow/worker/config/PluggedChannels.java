package dev.orderflow.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import dev.orderflow.activities.payment.PluggedChannel;
import dev.orderflow.client.Spelling;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The tables {@code [payment.channels.NAME]}: each is read into the record of the channel that a
 * jar on the class path brings by that name, or by the name that its key {@code provider} gives.
 */
final class PluggedChannels {
  private static final String PROVIDER = "provider";

  private PluggedChannels() {}

  static PluggedChannel<?> read(RecordReader reader, Key key, JsonNode table) {
    if (!(table instanceof ObjectNode written)) {
      throw key.mismatch(table, "a table");
    }
    JsonNode chosen = written.path(PROVIDER);
    if (!chosen.isMissingNode() && !chosen.isTextual()) {
      throw key.child(PROVIDER).mismatch(chosen, "a text in quotes");
    }
    PaymentChannelProvider<?> provider = provider(key, chosen.asText(key.last()));
    return plugged(reader, key, written.deepCopy().without(PROVIDER), provider);
  }

  private static <C extends Record> PluggedChannel<C> plugged(
      RecordReader reader, Key key, JsonNode table, PaymentChannelProvider<C> provider) {
    return new PluggedChannel<>(provider, reader.read(provider.configuration(), key, table));
  }

  private static PaymentChannelProvider<?> provider(Key key, String name) {
    Map<String, PaymentChannelProvider<?>> known = known(key);
    PaymentChannelProvider<?> provider = known.get(name);
    if (provider == null) {
      throw key.says(
          "no jar on the class path brings a payment channel '"
              + name
              + "'; "
              + Spelling.nearest(name, known.keySet())
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse(
                      known.isEmpty()
                          ? "add it by ORDERFLOW_PLUGINS"
                          : "known: " + String.join(", ", known.keySet())));
    }
    return provider;
  }

  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  private static Map<String, PaymentChannelProvider<?>> known(Key key) {
    Map<String, PaymentChannelProvider<?>> known = new TreeMap<>();
    try {
      for (PaymentChannelProvider provider : ServiceLoader.load(PaymentChannelProvider.class)) {
        known.put(provider.name(), provider);
      }
    } catch (ServiceConfigurationError e) {
      throw key.says("a jar on the class path is broken: " + e.getMessage());
    }
    return known;
  }
}
