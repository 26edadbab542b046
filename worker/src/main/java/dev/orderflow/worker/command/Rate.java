package dev.orderflow.worker.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * So many a second.
 *
 * @param perSecond above 0, at most 10,000
 */
record Rate(double perSecond) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)(?:/s)?");

  /** Of {@code 5/s}. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      Matcher matcher = FORM.matcher(text);
      double rate = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
      if (rate <= 0 || rate > 10_000) {
        throw new TypeConversionException(
            "'" + text + "' is not a rate such as 5/s, above 0 and at most 10000/s");
      }
      return new Rate(rate);
    }
  }
}
