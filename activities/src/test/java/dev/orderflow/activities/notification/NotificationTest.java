package dev.orderflow.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.notification.MailServer.Fault;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.notification.NotificationActivities.Message;
import dev.orderflow.workflows.order.OrderDocument.Language;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The customer is told once, or it is known and shown that it may have been twice. */
class NotificationTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final OrderId order = OrderId.ofKey(UUID.randomUUID().toString());
  private final StepKey confirm = StepKey.of(order, Step.CONFIRM);
  private final Message message = new Message(confirm, Event.ORDER_CONFIRMED);

  private final List<SmtpTransport> transports = new ArrayList<>();

  @AfterEach
  void closeTransports() {
    transports.forEach(SmtpTransport::close);
  }

  @BeforeEach
  void anOrderInTheLedger() {
    SampleOrder.write(DATABASE, order, "ada@customers.example", Language.EN);
  }

  @Test
  void aMessageSentTwiceIsOneMail() throws Exception {
    try (MailServer server = new MailServer()) {
      NotificationActivities room = room(server.config());

      Outcome first = room.send(message);
      Outcome second = room.send(message);

      assertThat(first.state()).isEqualTo(State.SUCCEEDED);
      assertThat(second).isEqualTo(first);
      MimeMessage mail = server.taken().get(0);
      assertThat(server.taken()).hasSize(1);
      assertThat(mail.getMessageID()).isEqualTo("<" + order + ".confirm@shop.example>");
      assertThat(first.reference()).contains(mail.getMessageID());
      assertThat(mail.getSubject()).isEqualTo("Your order " + order + " is confirmed");
      assertThat(row("state = 'SUCCEEDED' and attempts = 1")).isEqualTo(1);
    }
  }

  @Test
  void manyCopiesAtOnceAreOneMail() {
    try (MailServer server = new MailServer()) {
      NotificationActivities room = room(server.config());

      AtOnce.run(List.of(() -> room.send(message), () -> room.send(message)));

      assertThat(room.send(message).state()).isEqualTo(State.SUCCEEDED);
      assertThat(server.taken()).hasSize(1);
    }
  }

  @Test
  void theSameKeyForAnotherEventIsRefused() {
    try (MailServer server = new MailServer()) {
      NotificationActivities room = room(server.config());
      room.send(message);

      ApplicationFailure failure =
          failure(() -> room.send(new Message(confirm, Event.ORDER_REFUNDED)));

      assertThat(failure.getType()).isEqualTo(Ledger.KEY_REUSED);
      assertThat(server.taken()).hasSize(1);
    }
  }

  @Test
  void aMailServerThatIsDownTookNothing() {
    NotificationConfig nowhere;
    try (MailServer server = new MailServer()) {
      nowhere = server.config();
    }

    ApplicationFailure failure = failure(() -> room(nowhere).send(message));

    assertThat(failure.getType()).isEqualTo("NOT_EXECUTED");
    assertThat(failure.getOriginalMessage()).contains("SMTP_UNREACHABLE");
    assertThat(row("state = 'NOT_EXECUTED'")).isEqualTo(1);

    try (MailServer server = new MailServer()) {
      assertThat(room(server.config()).send(message).state()).isEqualTo(State.SUCCEEDED);
      assertThat(row("state = 'SUCCEEDED' and attempts = 2 and reason_code is null")).isEqualTo(1);
    }
  }

  @Test
  void aRecipientRefusedForGoodIsAnAnswerThatNamesNoAddress() {
    try (MailServer server = new MailServer()) {
      server.next(Fault.REFUSE_RECIPIENT);
      NotificationActivities room = room(server.config());

      Outcome refused = room.send(message);

      assertThat(refused.isDeclined()).isTrue();
      assertThat(refused.reason().map(Reason::code)).contains("RECIPIENT_REFUSED");
      assertThat(refused.toString()).doesNotContain("customers.example");
      assertThat(room.send(message)).isEqualTo(refused);
      assertThat(row("state = 'DECLINED' and attempts = 1")).isEqualTo(1);
    }
  }

  @Test
  void aDeferralIsTriedAgain() {
    try (MailServer server = new MailServer()) {
      server.next(Fault.DEFER_RECIPIENT);
      NotificationActivities room = room(server.config());

      ApplicationFailure failure = failure(() -> room.send(message));

      assertThat(failure.getType()).isEqualTo("NOT_EXECUTED");
      assertThat(failure.getMessage()).contains("451").doesNotContain("customers.example");
      assertThat(room.send(message).state()).isEqualTo(State.SUCCEEDED);
      assertThat(server.taken()).hasSize(1);
    }
  }

  @Test
  void aServerThatGoesAwayAfterTheContentLeavesDoubtThatIsShownAndTheSameMessageId()
      throws Exception {
    try (MailServer server = new MailServer()) {
      server.next(Fault.DROP_AFTER_CONTENT, Fault.DEFER_RECIPIENT);
      NotificationActivities room = room(server.config());

      ApplicationFailure doubt = failure(() -> room.send(message));
      assertThat(doubt.getType()).isEqualTo("UNKNOWN");
      assertThat(doubt.getOriginalMessage()).contains("1 time(s)");
      assertThat(row("state = 'UNKNOWN' and attempts = 1")).isEqualTo(1);
      // A deferral of the second attempt says nothing about the first.
      assertThat(failure(() -> room.send(message)).getType()).isEqualTo("UNKNOWN");

      assertThat(room.send(message).state()).isEqualTo(State.SUCCEEDED);
      assertThat(server.taken()).hasSize(2);
      assertThat(server.taken().get(1).getMessageID())
          .isEqualTo(server.taken().get(0).getMessageID());
      assertThat(row("state = 'SUCCEEDED' and attempts = 3")).isEqualTo(1);
    }
  }

  @Test
  void aMailWhoseWorkerDiedIsInDoubtAndShownSoAlsoWhenItsOrderIsTakenBack() {
    try (MailServer server = new MailServer()) {
      Injector injector = diesAfterSending(server);
      DATABASE
          .get(Transactions.class)
          .in(
              tx -> {
                injector.getInstance(Ledger.class).fence(tx, List.of(confirm));
                return tx;
              });
      assertThat(sweep(injector)).as("it may still be under way").isZero();

      letTimePass();

      assertThat(sweep(injector)).isEqualTo(1);
      assertThat(row("state = 'UNKNOWN' and attempts = 1 and reason_code = 'SMTP_UNREPORTED'"))
          .isEqualTo(1);
      assertThat(sweep(injector)).as("once").isZero();
      assertThat(failure(() -> room(server.config()).send(message)).isNonRetryable()).isTrue();
      assertThat(server.taken()).hasSize(1);
    }
  }

  @Test
  void aMailInDoubtOfAnOrderThatStandsIsSentAgain() {
    try (MailServer server = new MailServer()) {
      Injector injector = diesAfterSending(server);
      letTimePass();
      sweep(injector);

      assertThat(room(server.config()).send(message).state()).isEqualTo(State.SUCCEEDED);
      assertThat(row("state = 'SUCCEEDED' and attempts = 2 and reason_code is null")).isEqualTo(1);
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAtTheDeadline() {
    try (MailServer server = new MailServer()) {
      server.next(Fault.HANG_AFTER_CONTENT);

      ApplicationFailure failure = failure(() -> room(impatient(server.config())).send(message));

      assertThat(failure.getType()).isEqualTo("UNKNOWN");
    }
  }

  @Test
  void anOrderThatIsNotInTheLedgerIsToldToNobody() {
    try (MailServer server = new MailServer()) {
      StepKey nobody = StepKey.of(OrderId.ofKey("nobody"), Step.CONFIRM);

      ApplicationFailure failure =
          failure(() -> room(server.config()).send(new Message(nobody, Event.ORDER_CONFIRMED)));

      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(server.taken()).isEmpty();
    }
  }

  /** What a worker does that dies between sending and recording. */
  private Injector diesAfterSending(MailServer server) {
    Module dying =
        new AbstractModule() {
          @Override
          protected void configure() {
            SmtpTransport smtp = new SmtpTransport(server.config());
            transports.add(smtp);
            MailTransport dies =
                (mail, timeout) -> {
                  smtp.send(mail, timeout);
                  throw new Dead();
                };
            bind(MailTransport.class).toInstance(dies);
          }
        };
    Injector injector = injector(server.config(), dying);
    assertThatThrownBy(() -> injector.getInstance(NotificationActivities.class).send(message))
        .isInstanceOf(Dead.class);
    return injector;
  }

  private static final class Dead extends RuntimeException {}

  private static int sweep(Injector injector) {
    return injector.getInstance(Key.get(new TypeLiteral<Set<ExpirySweep>>() {})).stream()
        .mapToInt(ExpirySweep::sweep)
        .sum();
  }

  /** Ends the lease of the attempt under way. */
  private void letTimePass() {
    DATABASE.execute(
        "update operation set lease_until = now() - interval '1 second' where key = '"
            + confirm
            + "'");
  }

  private NotificationActivities room(NotificationConfig config) {
    Injector injector = injector(config, Modules.EMPTY_MODULE);
    transports.add((SmtpTransport) injector.getInstance(MailTransport.class));
    return injector.getInstance(NotificationActivities.class);
  }

  private static Injector injector(NotificationConfig config, Module replaced) {
    Module local =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(() -> AttemptKind.LOCAL);
          }
        };
    return DATABASE.injector(
        Modules.override(new NotificationModule(config)).with(local, replaced));
  }

  private static NotificationConfig impatient(NotificationConfig config) {
    return new NotificationConfig(
        config.host(),
        config.port(),
        config.user(),
        config.password(),
        config.startTls(),
        config.from(),
        null,
        null,
        null,
        Duration.ofMillis(500),
        null,
        null);
  }

  private long row(String that) {
    return DATABASE.number(
        "select count(*) from message where key = '" + confirm + "' and " + that);
  }

  private static ApplicationFailure failure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
    return catchThrowableOfType(ApplicationFailure.class, attempt);
  }
}
