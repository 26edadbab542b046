package dev.orderflow.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @Test
  void aMigratedDatabaseIsValidAndHasNothingPending() {
    Migrations migrations = database.get(Migrations.class);
    migrations.validate();
    assertThat(migrations.pending()).isEmpty();
    assertThat(migrations.migrate()).isZero();
  }

  @Test
  void anEmptyDatabaseNamesWhatIsPending() {
    database.execute("create database empty");
    Migrations migrations =
        new Migrations(
            DatabaseConfig.of(database.config().url().replaceAll("/test_\\d+", "/empty")));
    assertThat(migrations.pending()).contains("1 operation");
    assertThatThrownBy(migrations::validate).hasMessageContaining("not applied");
  }

  @Test
  void aSecretNeverPrintsItself() {
    assertThat(Secret.of("hunter2")).hasToString("***").isEqualTo(Secret.of("hunter2"));
  }
}
