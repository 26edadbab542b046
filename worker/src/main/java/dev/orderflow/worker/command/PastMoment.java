package dev.orderflow.worker.command;

import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment in the past as people type it: the beginning of a day, in UTC, or so long ago. */
record PastMoment(String option, String text, Instant at) {

  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})d");

  static PastMoment of(String option, String text, Instant now) {
    PastMoment moment = new PastMoment(option, text, parsed(option, text.strip(), now));
    if (moment.at.isAfter(now)) {
      throw moment.wrong("is in the future");
    }
    return moment;
  }

  private static Instant parsed(String option, String text, Instant now) {
    Matcher age = AGE.matcher(text);
    if (age.matches()) {
      return now.minus(Duration.ofDays(Long.parseLong(age.group(1))));
    }
    try {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new CliException(
          ExitCode.USAGE,
          option + ": '" + text + "' is neither a day such as 2024-07-01 nor an age such as 730d",
          e);
    }
  }

  /** The same, where it is so long ago; {@code because} it has to be. */
  PastMoment atLeast(Duration least, Instant now, String because) {
    Instant latest = now.minus(least);
    if (at.isAfter(latest)) {
      throw wrong(
          "is less than "
              + least.toDays()
              + " days ago, "
              + because
              + "; name "
              + latest.atOffset(ZoneOffset.UTC).toLocalDate()
              + " or an earlier day");
    }
    return this;
  }

  private CliException wrong(String why) {
    return new CliException(ExitCode.USAGE, option + ": '" + text + "' " + why);
  }
}
