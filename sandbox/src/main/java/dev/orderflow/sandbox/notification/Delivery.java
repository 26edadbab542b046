package dev.orderflow.sandbox.notification;

import dev.orderflow.sandbox.notification.Mailbox.Envelope;
import dev.orderflow.sandbox.notification.Recipient.DroppingAfterData;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail transaction of an SMTP session. */
final class Delivery implements MessageHandler {

  private final MailSink sink;
  private final Session session;
  private final List<String> recipients = new ArrayList<>();
  private String sender = "";

  Delivery(MailSink sink, Session session) {
    this.sink = sink;
    this.session = session;
  }

  @Override
  public void from(String address) {
    sender = address;
  }

  @Override
  public void recipient(String address) throws RejectException {
    sink.receive(address);
    recipients.add(address);
  }

  /** Answers, by returning, when the mail is filed. */
  @Override
  public String data(InputStream mail) throws IOException {
    Transmission filed = sink.mailbox().file(new Envelope(sender, recipients), mail.readAllBytes());
    boolean drops =
        recipients.stream().anyMatch(to -> Recipient.of(to) instanceof DroppingAfterData);
    if (drops && filed.first()) {
      session.quit();
    }
    return "Filed as " + filed.seq();
  }

  @Override
  public void done() {
    // Whatever was to be done was done when the data came.
  }
}
