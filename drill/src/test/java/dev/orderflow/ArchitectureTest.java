package dev.orderflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** The arrows of {@code docs/architecture.md}. */
@AnalyzeClasses(packages = "dev.orderflow", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule arrows =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.orderflow..")
          .layer("workflows")
          .definedBy("dev.orderflow.workflows..")
          .layer("activities")
          .definedBy("dev.orderflow.activities..")
          .layer("client")
          .definedBy("dev.orderflow.client..")
          .layer("cli")
          .definedBy("dev.orderflow.cli..")
          .layer("worker")
          .definedBy("dev.orderflow.worker..")
          .layer("sandbox")
          .definedBy("dev.orderflow.sandbox..")
          .layer("dev")
          .definedBy("dev.orderflow.dev..")
          .layer("drill")
          .definedBy("dev.orderflow.drill..")
          .whereLayer("workflows")
          .mayOnlyBeAccessedByLayers("activities", "client", "cli", "worker", "dev", "drill")
          .whereLayer("activities")
          .mayOnlyBeAccessedByLayers("worker", "dev", "drill")
          .whereLayer("client")
          .mayOnlyBeAccessedByLayers("cli", "worker", "dev", "drill")
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("worker", "dev", "drill")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("dev", "drill")
          .whereLayer("sandbox")
          .mayOnlyBeAccessedByLayers("dev", "drill")
          .whereLayer("dev")
          .mayOnlyBeAccessedByLayers("drill")
          .whereLayer("drill")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule promiseKnowsOnlyTemporalAndItsPayloads =
      classes()
          .that()
          .resideInAPackage("dev.orderflow.workflows..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.orderflow.workflows..",
              "java..",
              "javax.crypto..",
              "io.temporal..",
              "com.google.protobuf..",
              "com.fasterxml.jackson..",
              "org.joda.money..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule clientIsALibrary =
      noClasses()
          .that()
          .resideInAPackage("dev.orderflow.client..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "picocli..", "org.jdbi..", "java.sql..");

  /**
   * Two clocks would disagree on when a coupon or a refund window ends. A mail says when it left.
   */
  @ArchTest
  static final ArchRule theLedgerHasOneClockWhichIsItsDatabases =
      noClasses()
          .that()
          .resideInAPackage("dev.orderflow.activities..")
          .and()
          .doNotHaveSimpleName("StableMessage")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule loggingIsBoundByProcesses =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.slf4j.simple..");

  @ArchTest
  static final ArchRule sqlStaysWithTheEffects =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.orderflow.activities..", "dev.orderflow.dev..", "dev.orderflow.drill..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jdbi..");
}
