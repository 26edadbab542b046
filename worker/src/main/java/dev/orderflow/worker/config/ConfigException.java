package dev.orderflow.worker.config;

/** A configuration that can't be used. Its message is one line: the key, what it is, the remedy. */
public final class ConfigException extends IllegalArgumentException {

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
