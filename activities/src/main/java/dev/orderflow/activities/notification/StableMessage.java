package dev.orderflow.activities.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/**
 * A message whose Message-ID is ours, and that remembers whether its content has left us.
 *
 * <p>Its content is put together here: the library would look through the whole class path for an
 * encoder at each of a message's parts, which was the dearest thing an order did.
 */
final class StableMessage extends MimeMessage {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /** RFC 2045, 6.7: these two characters never stand together in what is quoted-printable. */
  private static final String BOUNDARY = "=_orderflow";

  private boolean contentBegun;

  StableMessage(Session session, InternetAddress from, Mail mail) throws MessagingException {
    super(session);
    setFrom(from);
    setRecipient(RecipientType.TO, recipient(mail));
    setSubject(oneLine(mail.letter().subject()), UTF_8);
    setSentDate(Date.from(Instant.now()));
    setHeader("Message-ID", oneLine(mail.messageId()));
    setHeader("MIME-Version", "1.0");
    setHeader("Content-Language", mail.letter().language().name().toLowerCase(Locale.ROOT));
    // RFC 3834: no out-of-office reply to this.
    setHeader("Auto-Submitted", "auto-generated");
    setHeader("Content-Type", "multipart/alternative; boundary=\"" + BOUNDARY + '"');
    content = alternatives(session.getStreamProvider(), mail.letter());
    // It is as it shall be: nothing is left to the library to derive from it.
    modified = false;
    saved = true;
  }

  /** Whether the mail server may have the content. */
  boolean contentBegun() {
    return contentBegun;
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

  /** RFC 2046, 5.1.4: the plainest first. */
  private static byte[] alternatives(StreamProvider encoders, Letter letter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    try {
      part(encoders, out, letter.text(), "plain");
      part(encoders, out, letter.html(), "html");
      out.write(ascii("--" + BOUNDARY + "--\r\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    return out.toByteArray();
  }

  private static void part(StreamProvider encoders, OutputStream out, String text, String subtype)
      throws IOException {
    out.write(
        ascii(
            """
            --%s
            Content-Type: text/%s; charset=UTF-8
            Content-Transfer-Encoding: quoted-printable

            """
                .formatted(BOUNDARY, subtype)
                .replace("\n", "\r\n")));
    OutputStream encoder = encoders.outputQP(out);
    encoder.write(text.getBytes(StandardCharsets.UTF_8));
    encoder.flush();
    out.write(ascii("\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A line break in a header would begin another header. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
