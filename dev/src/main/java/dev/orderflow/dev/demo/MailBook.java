package dev.orderflow.dev.demo;

import dev.orderflow.workflows.saga.Step;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether each customer was told what is due, and nobody else anything. */
record MailBook(List<Account> accounts, List<SandboxLogs.Mail> mails) {

  void check(Findings findings) {
    accounts.forEach(account -> checkTold(account, findings));
    checkStrangers(findings);
  }

  /** One distinct mail per message due; transmissions of the same one collapse. */
  private void checkTold(Account account, Findings findings) {
    List<String> told =
        mails.stream()
            .filter(mail -> mail.to().contains(account.mailAddress()))
            .map(SandboxLogs.Mail::messageId)
            .distinct()
            .map(id -> what(account, id))
            .sorted()
            .toList();
    List<List<String>> due = due(account);
    if (!due.contains(told)) {
      findings.wrong(
          account.name() + ", " + account.status() + ", mails", "one of " + due, "" + told);
    }
  }

  private static List<List<String>> due(Account account) {
    String confirmation = Step.CONFIRM.word();
    String correction = Step.CORRECT.word();
    List<String> both = List.of(confirmation, correction);
    Scenario scenario = account.scenario();
    return switch (account.status()) {
      case COMPLETED -> List.of(with(scenario, confirmation));
      // A cancel between the commit and the confirmation leaves only the second to be sent.
      case REFUNDED ->
          scenario.awaitsCompletion() ? List.of(both) : List.of(both, List.of(correction));
      default -> List.of(with(scenario));
    };
  }

  /** What is told besides. */
  private static List<String> with(Scenario scenario, String... words) {
    Stream<String> refund =
        scenario.refunds() ? Stream.of(Step.REFUND_NOTICE.word()) : Stream.empty();
    Stream<String> returned =
        scenario.isPaidUnasked() ? Stream.of(Step.RETURN_NOTICE.word()) : Stream.empty();
    return Stream.of(Stream.of(words), refund, returned).flatMap(told -> told).sorted().toList();
  }

  /** A Message-ID is made of the order and of what it is told; any other stands for itself. */
  private static String what(Account account, String messageId) {
    return Stream.of(Step.CONFIRM, Step.CORRECT, Step.REFUND_NOTICE, Step.RETURN_NOTICE)
        .map(Step::word)
        .filter(word -> isOf(account.order() + "." + word, messageId))
        .findFirst()
        .orElse(messageId);
  }

  /** Numbered, where it is not the first: of an order that was revived, for instance. */
  private static boolean isOf(String key, String messageId) {
    return messageId.matches("<?" + Pattern.quote(key) + "(\\.\\d+)?@.*");
  }

  private void checkStrangers(Findings findings) {
    Set<String> addresses = accounts.stream().map(Account::mailAddress).collect(Collectors.toSet());
    mails.stream()
        .filter(mail -> !addresses.containsAll(mail.to()))
        .forEach(
            mail ->
                findings.wrong("mail " + mail.messageId(), "a customer of ours", "" + mail.to()));
  }
}
