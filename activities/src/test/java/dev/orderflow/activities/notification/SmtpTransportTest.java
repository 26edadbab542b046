package dev.orderflow.activities.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.notification.MailServer.Fault;
import dev.orderflow.workflows.order.OrderDocument.Language;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a mail server's words, or its silence, allow us to conclude. */
class SmtpTransportTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Test
  void aMailIsMultipartInUtf8FromUsWithTheGivenMessageId() throws Exception {
    try (MailServer server = new MailServer();
        SmtpTransport transport = new SmtpTransport(server.config())) {
      Outcome sent = transport.send(mail("Ünal", "ada@customers.example"), TIMEOUT);

      assertThat(sent).isEqualTo(Outcome.succeeded("<1@shop.example>"));
      MimeMessage mail = server.taken().get(0);
      assertThat(mail.getMessageID()).isEqualTo("<1@shop.example>");
      assertThat(mail.getSubject()).isEqualTo("Über alles");
      assertThat(mail.getSentDate()).isNotNull();
      assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo("Läden");
      assertThat(((InternetAddress) mail.getAllRecipients()[0]).getPersonal()).isEqualTo("Ünal");
      assertThat(mail.getContentType()).startsWith("multipart/alternative");
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      assertThat(parts.getBodyPart(0).getContent()).asString().isEqualToIgnoringNewLines("text ö");
      assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html; charset=UTF-8");
    }
  }

  @Test
  void aConnectionIsUsedAgain() {
    try (MailServer server = new MailServer();
        SmtpTransport transport = new SmtpTransport(server.config())) {
      transport.send(mail("Ada", "ada@customers.example"), TIMEOUT);
      transport.send(mail("Bob", "bob@customers.example"), TIMEOUT);

      assertThat(server.taken()).hasSize(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aKeptConnectionThatTheServerHasClosedIsReplaced() {
    try (MailServer before = new MailServer();
        SmtpTransport transport = new SmtpTransport(before.config())) {
      transport.send(mail("Ada", "ada@customers.example"), TIMEOUT);
      before.close();

      assertThat(transport.send(mail("Bob", "bob@customers.example"), TIMEOUT).state())
          .isEqualTo(State.NOT_EXECUTED);
      try (MailServer after = new MailServer(before.config().port())) {
        assertThat(transport.send(mail("Bob", "bob@customers.example"), TIMEOUT).state())
            .isEqualTo(State.SUCCEEDED);
        assertThat(after.taken()).hasSize(1);
      }
    }
  }

  @Test
  void aLineBreakInANameOrSubjectBeginsNoHeader() throws Exception {
    String injected = "Ada\r\nBcc: eve@evil.example";
    try (MailServer server = new MailServer();
        SmtpTransport transport = new SmtpTransport(server.config())) {
      transport.send(
          new Mail(
              "<1@shop.example>",
              injected,
              "ada@customers.example",
              new Letter(Language.EN, injected, "text", "html")),
          TIMEOUT);

      MimeMessage mail = server.taken().get(0);
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getAllRecipients()).hasSize(1);
      assertThat(mail.getHeader("Subject")).containsExactly("Ada Bcc: eve@evil.example");
    }
  }

  @Test
  void anAddressThatIsNoneIsRefusedForGood() {
    try (MailServer server = new MailServer();
        SmtpTransport transport = new SmtpTransport(server.config())) {
      for (String address : new String[] {"no address", "a@b\r\nRCPT TO:<eve@evil.example>"}) {
        Outcome refused = transport.send(mail("Ada", address), TIMEOUT);

        assertThat(refused.reason().map(Reason::code)).contains("RECIPIENT_INVALID");
      }
      assertThat(server.taken()).isEmpty();
    }
  }

  @Test
  void eachWordOfTheServerHasItsMeaning() {
    assertThat(after(Fault.REFUSE_RECIPIENT).state()).isEqualTo(State.DECLINED);
    assertThat(after(Fault.REFUSE_CONTENT).state()).isEqualTo(State.DECLINED);
    assertThat(after(Fault.DEFER_RECIPIENT).state()).isEqualTo(State.NOT_EXECUTED);
    assertThat(after(Fault.DROP_AT_RECIPIENT).state()).isEqualTo(State.NOT_EXECUTED);
    assertThat(after(Fault.DROP_AFTER_CONTENT).state()).isEqualTo(State.UNKNOWN);
    Outcome sender = after(Fault.REFUSE_SENDER);
    assertThat(sender.state()).isEqualTo(State.NOT_EXECUTED);
    assertThat(sender.reason().map(Reason::message).orElseThrow()).contains("notification.from");
  }

  @Test
  void whoTakesTheConnectionAndSaysNothingIsLeftAtTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        SmtpTransport transport =
            new SmtpTransport(
                NotificationConfig.plain("127.0.0.1", silent.getLocalPort(), "a@b.example"))) {
      Outcome outcome =
          transport.send(mail("Ada", "ada@customers.example"), Duration.ofMillis(300));

      assertThat(outcome.state()).isEqualTo(State.NOT_EXECUTED);
    }
  }

  @Test
  void encryptionThatIsRequiredAndNotOfferedIsNoReasonToSendInClear() {
    try (MailServer server = new MailServer();
        SmtpTransport transport =
            new SmtpTransport(
                new NotificationConfig(
                    server.config().host(),
                    server.config().port(),
                    null,
                    null,
                    true,
                    "a@b.example",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null))) {
      assertThat(transport.send(mail("Ada", "ada@customers.example"), TIMEOUT).state())
          .isEqualTo(State.NOT_EXECUTED);
      assertThat(server.taken()).isEmpty();
    }
  }

  @Test
  void aConfigurationThatCannotWorkIsRefusedByTheNameOfItsField() {
    assertThatThrownBy(() -> NotificationConfig.plain("", 25, "a@b.example"))
        .hasMessageContaining("host: missing");
    assertThatThrownBy(() -> NotificationConfig.plain("localhost", 25, "nobody"))
        .hasMessageContaining("from: 'nobody'");
    assertThatThrownBy(() -> NotificationConfig.plain("localhost", 70_000, "a@b.example"))
        .hasMessageContaining("port: 70000");
  }

  private static Outcome after(Fault fault) {
    try (MailServer server = new MailServer();
        SmtpTransport transport = new SmtpTransport(server.config())) {
      server.next(fault);
      return transport.send(mail("Ada", "ada@customers.example"), TIMEOUT);
    }
  }

  private static Mail mail(String name, String address) {
    return new Mail(
        "<1@shop.example>",
        name,
        address,
        new Letter(Language.DE, "Über alles", "text ö", "<p>html ö</p>"));
  }
}
