package dev.orderflow.activities.ledger;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The database and the ledger in it. Whoever makes the injector closes its {@link HikariDataSource}
 * at the end. The first connection is opened when it is needed, not before.
 *
 * <p>Declares the sets {@code Set<Pin>} and {@code Set<ExpirySweep>}, to which the other modules
 * add theirs.
 */
public final class DatabaseModule extends AbstractModule {

  private static final long CONNECTION_WAIT_MILLIS = 1_000;

  /**
   * A local attempt is given 2 s; its statements must give up before that. A statement stopped here
   * has certainly not taken effect; an attempt that is only waited for no longer may still have.
   */
  private static final String TIMEOUTS = "-c statement_timeout=1500 -c lock_timeout=1000";

  private final DatabaseConfig config;

  public DatabaseModule(DatabaseConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(DatabaseConfig.class).toInstance(config);
    bind(Migrations.class);
    bind(Transactions.class);
    bind(Ledger.class);
    bind(Calls.class);
    bind(DataSource.class).to(HikariDataSource.class);
    Multibinder.newSetBinder(binder(), Pin.class);
    Multibinder.newSetBinder(binder(), ExpirySweep.class);
  }

  @Provides
  @Singleton
  HikariDataSource pool() {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("orderflow");
    pool.setJdbcUrl(config.url());
    config.user().ifPresent(pool::setUsername);
    config.password().map(Secret::reveal).ifPresent(pool::setPassword);
    pool.setMaximumPoolSize(config.poolSize());
    pool.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", "orderflow");
    pool.addDataSourceProperty("options", TIMEOUTS);
    pool.addDataSourceProperty("connectTimeout", "1");
    pool.addDataSourceProperty("socketTimeout", "5");
    // Rows hold names, addresses and tokens: an error names the statement, never its values.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(pool);
  }

  @Provides
  @Singleton
  Jdbi jdbi(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.NONE);
    return jdbi;
  }
}
