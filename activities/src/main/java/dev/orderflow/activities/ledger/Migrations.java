package dev.orderflow.activities.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tables of all activities. The scripts lie beside their owners, {@code V<number>__<name>.sql}
 * in any folder below {@code dev/orderflow/activities}; numbers are unique over all folders.
 */
@Singleton
public class Migrations {

  private final DatabaseConfig config;

  @Inject
  public Migrations(DatabaseConfig config) {
    this.config = config;
  }

  /**
   * Applies what is missing. Any number of processes may do so at once.
   *
   * @return how many scripts were applied
   * @throws org.flywaydb.core.api.FlywayException when a script fails, or an applied one was
   *     changed since
   */
  public int migrate() {
    return flyway().migrate().migrationsExecuted;
  }

  /** The scripts that are not applied yet, such as {@code 1 operation}. */
  public List<String> pending() {
    return Arrays.stream(flyway().info().pending())
        .map(script -> script.getVersion() + " " + script.getDescription())
        .toList();
  }

  /**
   * Makes sure that the tables are those this program was written for.
   *
   * @throws org.flywaydb.core.api.FlywayException when scripts are pending, changed or missing
   */
  public void validate() {
    flyway().validate();
  }

  private Flyway flyway() {
    // Its own connection: a migration may take longer than the pool lets a statement take.
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(config.url());
    config.user().ifPresent(source::setUser);
    config.password().map(Secret::reveal).ifPresent(source::setPassword);
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:dev/orderflow/activities")
        .cleanDisabled(true)
        .load();
  }
}
