package dev.orderflow.sandbox.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.sandbox.Caller;
import dev.orderflow.sandbox.RunningSandbox;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSinkTest {

  @TempDir Path folder;
  private RunningSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox = RunningSandbox.impatient(folder);
    caller = sandbox.caller();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void aMailIsLoggedAndFiled() throws Exception {
    send("<o1/confirm@shop.test>", "Schöne Grüße", "buyer@example.org");

    JsonNode line = log().get(0);
    assertThat(line.toString())
        .isEqualTo(
            """
            {"seq":1,"at":"2026-01-01T00:00:00Z","messageId":"o1/confirm@shop.test",\
            "from":"shop@example.org","to":["buyer@example.org"],"subject":"Schöne Grüße"}\
            """);
    assertThat(filed()).hasSize(1);
    assertThat(caller.get("/mail/o1/confirm@shop.test").body()).contains("Hello buyer");
    assertThat(caller.get("/mail/o1%2Fconfirm%40shop.test").status()).isEqualTo(200);
    assertThat(caller.get("/mail/%3Co1%2Fconfirm@shop.test%3E").status()).isEqualTo(200);
    assertThat(caller.get("/mail/other@shop.test").status()).isEqualTo(404);
  }

  @Test
  void theSameMessageAgainIsLoggedAsADuplicateAndFiledOnce() throws Exception {
    send("<o1@shop.test>", "First", "buyer@example.org");
    send("<o2@shop.test>", "Other", "buyer@example.org");
    send("<o1@shop.test>", "Again", "buyer@example.org");
    sandbox.restart();
    caller = sandbox.caller();
    send("<o1@shop.test>", "And again", "buyer@example.org");

    assertThat(log())
        .extracting(line -> line.path("duplicateOf").asLong(0))
        .containsExactly(0L, 0L, 1L, 1L);
    assertThat(filed()).hasSize(2);
    assertThat(caller.get("/mail/o1@shop.test").body()).contains("Subject: First");
  }

  @Test
  void rejects() {
    assertThatThrownBy(() -> send("<o1@shop.test>", "Hi", "reject+buyer@example.org"))
        .hasRootCauseInstanceOf(SMTPAddressFailedException.class)
        .rootCause()
        .hasMessageStartingWith("550");
  }

  @Test
  void defersAFewTimesPerRecipient() throws Exception {
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatThrownBy(() -> send("<o1@shop.test>", "Hi", "defer-2+buyer@example.org"))
          .rootCause()
          .hasMessageStartingWith("451");
    }
    assertThatThrownBy(() -> send("<o1@shop.test>", "Hi", "defer-2+other@example.org"))
        .rootCause()
        .hasMessageStartingWith("451");
    assertThat(log()).isEmpty();

    send("<o1@shop.test>", "Hi", "defer-2+buyer@example.org");
    assertThat(log()).hasSize(1);
  }

  @Test
  void hangsAtTheRecipient() throws IOException {
    assertThatThrownBy(() -> send("<o1@shop.test>", "Hi", "hang+buyer@example.org"))
        .isInstanceOf(MessagingException.class);
    assertThat(log()).isEmpty();
  }

  @Test
  void dropsAfterDataTheFirstTimeThoughTheMailIsFiled() throws Exception {
    assertThatThrownBy(() -> send("<o1@shop.test>", "Hi", "drop-after-data+buyer@example.org"))
        .isInstanceOf(MessagingException.class);
    assertThat(log()).hasSize(1);
    assertThat(filed()).hasSize(1);

    send("<o1@shop.test>", "Hi", "drop-after-data+buyer@example.org");
    assertThat(log())
        .extracting(line -> line.path("duplicateOf").asLong(0))
        .containsExactly(0L, 1L);
    assertThat(filed()).hasSize(1);
  }

  private List<JsonNode> log() throws IOException {
    return caller.get("/mail").lines();
  }

  private List<String> filed() throws IOException {
    try (Stream<Path> files = Files.list(sandbox.data().resolve("mailbox"))) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void send(String messageId, String subject, String to) throws MessagingException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(sandbox.smtpPort()));
    properties.put("mail.smtp.localhost", "localhost");
    properties.put("mail.smtp.connectiontimeout", "20000");
    properties.put("mail.smtp.timeout", "20000");
    MimeMessage message =
        new MimeMessage(Session.getInstance(properties)) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
          }
        };
    message.setFrom(new InternetAddress("shop@example.org"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, "UTF-8");
    message.setText("Hello buyer", "UTF-8");
    Transport.send(message);
  }
}
