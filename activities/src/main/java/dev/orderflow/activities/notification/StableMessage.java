package dev.orderflow.activities.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** A message whose Message-ID is ours, and that remembers whether its content has left us. */
final class StableMessage extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final String messageId;
  private boolean contentBegun;

  StableMessage(Session session, InternetAddress from, Mail mail) throws MessagingException {
    super(session);
    this.messageId = oneLine(mail.messageId());
    setFrom(from);
    setRecipient(RecipientType.TO, recipient(mail));
    setSubject(oneLine(mail.letter().subject()), UTF_8);
    setSentDate(Date.from(Instant.now()));
    setHeader("Content-Language", mail.letter().language().name().toLowerCase(Locale.ROOT));
    // RFC 3834: no out-of-office reply to this.
    setHeader("Auto-Submitted", "auto-generated");
    MimeMultipart alternatives = new MimeMultipart("alternative");
    alternatives.addBodyPart(part(mail.letter().text(), "plain"));
    alternatives.addBodyPart(part(mail.letter().html(), "html"));
    setContent(alternatives);
    saveChanges();
  }

  /** Whether the mail server may have the content. */
  boolean contentBegun() {
    return contentBegun;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignoreList)
      throws IOException, MessagingException {
    contentBegun = true;
    super.writeTo(out, ignoreList);
  }

  private static InternetAddress recipient(Mail mail) throws MessagingException {
    InternetAddress address = new InternetAddress(mail.recipientAddress(), true);
    try {
      address.setPersonal(oneLine(mail.recipientName()), UTF_8);
    } catch (java.io.UnsupportedEncodingException e) {
      throw new AssertionError("every JDK has UTF-8", e);
    }
    return address;
  }

  private static MimeBodyPart part(String content, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(content, UTF_8, subtype);
    return part;
  }

  /** A line break in a header would begin another header. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
