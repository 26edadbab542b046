package dev.orderflow.drill.ledger;

import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL for all tests, in which each has a database of its own. */
final class TestCluster implements BeforeAllCallback {

  /** Whose statements are to be explained it says into {@link Plans#LOG}, whole. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "off",
          "full_page_writes", "off",
          "shared_preload_libraries", "'auto_explain'",
          "logging_collector", "on",
          "log_destination", "'jsonlog'",
          "log_directory", "'log'",
          "log_filename", "'" + Plans.LOG + "'",
          "log_rotation_age", "0",
          "log_rotation_size", "0");

  private Cluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    cluster =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TestCluster.class))
            .getOrComputeIfAbsent(Cluster.class, type -> start(), Cluster.class);
  }

  private static Cluster start() {
    try {
      return Cluster.start(SETTINGS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Cluster get() {
    return cluster;
  }
}
