package dev.orderflow.workflows.payment;

import java.util.regex.Pattern;

/** How payment channels may be called: in orders, in the configuration, in callbacks' addresses. */
public final class ChannelName {

  /** The rule, for people. */
  public static final String RULE =
      "1 to 32 lower-case letters, digits, '_' or '-', the first a letter or a digit";

  /** The rule. */
  public static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

  private ChannelName() {}

  /** Whether a channel may be called so. */
  public static boolean fits(String name) {
    return FORM.matcher(name).matches();
  }
}
