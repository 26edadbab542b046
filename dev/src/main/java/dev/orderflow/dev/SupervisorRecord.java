package dev.orderflow.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The process that has the directory, as it is remembered beside its lock. */
record SupervisorRecord(long pid, Instant startedAt) {

  static SupervisorRecord ofThisProcess() {
    ProcessHandle self = ProcessHandle.current();
    return new SupervisorRecord(self.pid(), OwnProcess.startOf(self));
  }

  /** The living process, unless its id now belongs to another. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(
            process ->
                Duration.between(startedAt, OwnProcess.startOf(process))
                        .abs()
                        .compareTo(OwnProcess.CLOCK_PUT_RIGHT)
                    < 0);
  }
}
