package dev.orderflow.worker.config;

/** Whether payments may be played. */
public enum SandboxUse {
  /** In production: the sandbox channel is refused. */
  REFUSED,
  /** On a developer's machine. */
  ALLOWED
}
