package dev.orderflow.cli;

/**
 * A command that a module contributes to {@code orderflow}.
 *
 * <p>Providers are found by {@link java.util.ServiceLoader}. A provider names its command and makes
 * it when it is chosen, so that the help page, and every other command, never loads its class.
 */
public interface CommandProvider {

  /** The word typed after {@code orderflow}. */
  String name();

  /** One line for the help page. */
  String description();

  /** A new instance of the picocli-annotated command, a {@code Callable<Integer>}. */
  Object create();
}
