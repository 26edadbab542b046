package dev.orderflow.activities.ledger;

import java.util.Optional;

/**
 * Where the ledger lies.
 *
 * @param url a PostgreSQL JDBC URL, required
 * @param user the database user; that of the URL when absent
 * @param password as {@code user}
 * @param poolSize how many connections at most, 1 to 200; 16 when absent
 */
public record DatabaseConfig(
    String url, Optional<String> user, Optional<Secret> password, Integer poolSize) {

  public DatabaseConfig {
    if (url == null || !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "url: '" + url + "' is not a JDBC URL such as jdbc:postgresql://localhost/orderflow");
    }
    user = user == null ? Optional.empty() : user;
    password = password == null ? Optional.empty() : password;
    poolSize = poolSize == null ? 16 : poolSize;
    if (poolSize < 1 || poolSize > 200) {
      throw new IllegalArgumentException("pool-size: " + poolSize + " is not 1 to 200");
    }
  }

  /** A database that lets its URL in, with the usual pool. */
  public static DatabaseConfig of(String url) {
    return new DatabaseConfig(url, Optional.empty(), Optional.empty(), null);
  }
}
