package dev.orderflow.drill.ledger;

import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One PostgreSQL for all tests, in which each has a database of its own. */
final class TestCluster implements BeforeAllCallback {

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
      return Cluster.start(Map.of("fsync", "off", "full_page_writes", "off"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Cluster get() {
    return cluster;
  }
}
