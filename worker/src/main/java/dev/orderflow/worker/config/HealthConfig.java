package dev.orderflow.worker.config;

/**
 * Where the worker says how it is.
 *
 * @param host the address to listen on; loopback when absent
 * @param port 0 to 65535, where 0 takes a free one; 8081 when absent
 */
public record HealthConfig(String host, Integer port) {

  public HealthConfig {
    host = host == null ? "127.0.0.1" : host;
    port = port == null ? 8081 : port;
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " is not 0 to 65535");
    }
  }

  public static HealthConfig defaults() {
    return new HealthConfig(null, null);
  }
}
