package dev.orderflow.activities.notification;

import dev.orderflow.activities.ledger.Secret;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The mail server, and in whose name is written.
 *
 * @param host required
 * @param port 587 when absent
 * @param user absent where the server wants no login
 * @param password together with {@code user}
 * @param startTls whether the connection must be encrypted; true when absent
 * @param from the sender, such as {@code Example Shop <shop@example.org>}, required; its domain
 *     also names the messages
 * @param connectTimeout 1 s when absent
 * @param readTimeout for each answer of the server; 10 s when absent
 * @param writeTimeout for each piece sent to it; 10 s when absent
 * @param localTimeout for a whole local attempt, at most 2.4 s: its time limit is 2.5 s; 2 s when
 *     absent
 * @param timeout for a whole regular attempt, at most 58 s; 30 s when absent
 * @param maxInFlight attempts at the mail server at once; 16 when absent
 */
public record NotificationConfig(
    String host,
    Integer port,
    Optional<String> user,
    Optional<Secret> password,
    Boolean startTls,
    String from,
    Duration connectTimeout,
    Duration readTimeout,
    Duration writeTimeout,
    Duration localTimeout,
    Duration timeout,
    Integer maxInFlight) {
  private static final Duration LONGEST_LOCAL = Duration.ofMillis(2_400);
  private static final Duration LONGEST = Duration.ofSeconds(58);

  public NotificationConfig {
    if (host == null || host.isBlank()) {
      throw new IllegalArgumentException("host: missing");
    }
    port = port == null ? 587 : port;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " is not 1 to 65535");
    }
    user = user == null ? Optional.empty() : user;
    password = password == null ? Optional.empty() : password;
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("user, password: one is given without the other");
    }
    startTls = startTls == null || startTls;
    parse(from);
    connectTimeout = requireUpTo("connect-timeout", connectTimeout, 1, LONGEST);
    readTimeout = requireUpTo("read-timeout", readTimeout, 10, LONGEST);
    writeTimeout = requireUpTo("write-timeout", writeTimeout, 10, LONGEST);
    localTimeout = requireUpTo("local-timeout", localTimeout, 2, LONGEST_LOCAL);
    timeout = requireUpTo("timeout", timeout, 30, LONGEST);
    maxInFlight = maxInFlight == null ? 16 : maxInFlight;
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("max-in-flight: " + maxInFlight + " is below 1");
    }
  }

  /** A server on this machine that wants neither login nor encryption. */
  public static NotificationConfig plain(String host, int port, String from) {
    return new NotificationConfig(
        host, port, null, null, false, from, null, null, null, null, null, null);
  }

  InternetAddress sender() {
    return parse(from);
  }

  /** The part of the sender's address after the {@code @}. */
  String domain() {
    String address = sender().getAddress();
    return address.substring(address.indexOf('@') + 1);
  }

  private static InternetAddress parse(String from) {
    try {
      InternetAddress address = new InternetAddress(from == null ? "" : from, true);
      if (address.getAddress().indexOf('@') > 0) {
        // Set once more, to be encoded.
        address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
        return address;
      }
    } catch (AddressException | UnsupportedEncodingException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "from: '" + from + "' is not a sender such as Example Shop <shop@example.org>");
  }

  private static Duration requireUpTo(
      String field, Duration given, long secondsWhenAbsent, Duration longest) {
    Duration value = given == null ? Duration.ofSeconds(secondsWhenAbsent) : given;
    if (value.isZero() || value.isNegative() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          field + ": " + value + " is not above zero and at most " + longest);
    }
    return value;
  }
}
