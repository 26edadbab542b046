package dev.orderflow.worker.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.inbox.Backlog;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboxChecksTest {

  @Test
  void onlyOfWhatWasGivenUpItSaysWhatThereIsToDo() {
    assertThat(remedy(new Backlog(0, 2, 0, Optional.empty())))
        .contains("tried again by themselves")
        .doesNotContain("inbox retry", "inbox close");
    assertThat(remedy(new Backlog(0, 2, 1, Optional.empty())))
        .contains("'orderflow inbox retry'", "'orderflow inbox close'");
  }

  private static String remedy(Backlog backlog) {
    return InboxChecks.backlog(backlog).remedy().orElseThrow();
  }
}
