package dev.orderflow.sandbox.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.Json;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Every transmission in a log, and one file per distinct Message-ID, as a mailbox provider
 * collapses duplicates. Both survive {@code kill -9} once {@link #file} has returned. Safe for use
 * by many threads.
 */
public final class Mailbox implements AutoCloseable {

  private static final int LONGEST_FILE_NAME = 200;

  private final Journal journal;
  private final Path folder;
  private final Clock clock;
  private final List<Transmission> transmissions = new ArrayList<>();
  private final Map<String, Transmission> firsts = new HashMap<>();

  /**
   * @param log one line per transmission
   * @param folder one {@code .eml} per distinct Message-ID
   */
  public Mailbox(Path log, Path folder, Clock clock) {
    this.journal = Journal.open(log);
    this.folder = folder;
    this.clock = clock;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made", e);
    }
    journal.replay(line -> enter(transmission(line)));
  }

  /** The two parties as SMTP names them, whatever the headers say. */
  record Envelope(String from, List<String> to) {}

  /** Takes the mail in; a mail without Message-ID is like no other. */
  Transmission file(Envelope envelope, byte[] mail) {
    InternetHeaders headers = headers(mail);
    String messageId =
        header(headers, "Message-ID")
            .map(Mailbox::bare)
            .orElseGet(() -> UUID.randomUUID() + "@sandbox.invalid");
    String subject = header(headers, "Subject").map(Mailbox::decoded).orElse("");
    Transmission transmission;
    long ticket;
    synchronized (this) {
      Transmission first = firsts.get(messageId);
      transmission =
          new Transmission(
              transmissions.size() + 1L,
              clock.instant(),
              messageId,
              envelope.from(),
              List.copyOf(envelope.to()),
              subject,
              first == null ? null : first.seq());
      if (first == null) {
        // Before its line in the log: a line promises that the file is there.
        store(messageId, mail);
      }
      ticket = journal.write(Json.line(transmission));
      enter(transmission);
    }
    journal.force(ticket);
    return transmission;
  }

  /** Everything that came, in order. */
  synchronized List<Transmission> transmissions() {
    return List.copyOf(transmissions);
  }

  /** The mail as it came first, byte for byte. */
  Optional<byte[]> mail(String messageId) {
    synchronized (this) {
      if (!firsts.containsKey(bare(messageId))) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Files.readAllBytes(eml(bare(messageId))));
    } catch (IOException e) {
      throw new UncheckedIOException("The mail " + messageId + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    journal.close();
  }

  private void enter(Transmission transmission) {
    transmissions.add(transmission);
    firsts.putIfAbsent(transmission.messageId(), transmission);
  }

  private void store(String messageId, byte[] mail) {
    Path target = eml(messageId);
    Path draft = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(draft, mail);
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(target + " cannot be written", e);
    }
  }

  private Path eml(String messageId) {
    String name = URLEncoder.encode(messageId, StandardCharsets.UTF_8);
    if (name.length() > LONGEST_FILE_NAME) {
      name = UUID.nameUUIDFromBytes(messageId.getBytes(StandardCharsets.UTF_8)).toString();
    }
    return folder.resolve(name + ".eml");
  }

  private static InternetHeaders headers(byte[] mail) {
    try {
      return new InternetHeaders(new ByteArrayInputStream(mail), true);
    } catch (MessagingException e) {
      return new InternetHeaders();
    }
  }

  private static Optional<String> header(InternetHeaders headers, String name) {
    return Optional.ofNullable(headers.getHeader(name, null))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static String bare(String messageId) {
    return messageId.startsWith("<") && messageId.endsWith(">")
        ? messageId.substring(1, messageId.length() - 1)
        : messageId;
  }

  private static String decoded(String subject) {
    String unfolded = MimeUtility.unfold(subject);
    try {
      return MimeUtility.decodeText(unfolded);
    } catch (UnsupportedEncodingException e) {
      return unfolded;
    }
  }

  private static Transmission transmission(String line) {
    try {
      return Json.MAPPER.readValue(line, Transmission.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line of the mail log is not a transmission", e);
    }
  }
}
