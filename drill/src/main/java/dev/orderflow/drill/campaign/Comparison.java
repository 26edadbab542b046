package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The ledger beside the provider's log and the mail sink's, order by order. */
final class Comparison {

  private final CampaignBooks books;
  private final List<Purchase> purchases;
  private final Map<Purchase, CancelReply> cancels;
  private final Map<OrderStatus, Integer> endings = new EnumMap<>(OrderStatus.class);
  private final Map<String, Integer> payments = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private CampaignResult.Totals provider = CampaignResult.Totals.NOTHING;
  private CampaignResult.Totals ledger = CampaignResult.Totals.NOTHING;

  Comparison(CampaignBooks books, List<Purchase> purchases, Map<Purchase, CancelReply> cancels) {
    this.books = books;
    this.purchases = purchases;
    this.cancels = cancels;
  }

  CampaignResult result(CampaignRun.Wish wish) {
    Map<String, List<Outside.Effect>> effects =
        books.outside().effects().stream().collect(Collectors.groupingBy(Outside.Effect::order));
    List<Outside.Transmission> mails = books.outside().mails();
    Map<OrderId, OrderStatus> statuses = books.statuses(People.baskets(purchases));
    for (Purchase purchase : purchases) {
      OrderId order = purchase.basket().id();
      List<Outside.Effect> ofOrder = effects.getOrDefault(order.value(), List.of());
      Account account = books.account(purchase.basket(), ofOrder, mails);
      compare(purchase, statuses.get(order), account);
    }
    return new CampaignResult(
        wish.seed(),
        wish.orders(),
        endings,
        payments,
        cancels.size(),
        provider,
        ledger,
        List.copyOf(findings));
  }

  private void compare(Purchase purchase, OrderStatus status, Account account) {
    Basket basket = purchase.basket();
    CampaignBooks.Booked booked = books.booked(basket);
    Account.Money money = account.money();
    endings.merge(status, 1, Integer::sum);
    payments.merge(purchase.means().token().replaceAll(":[0-9]+", ""), 1, Integer::sum);
    provider = provider.plus(money.captured(), money.refunded());
    ledger = ledger.plus(booked.captured(), booked.refunded());
    try {
      mustEndAsPromised(purchase, status, cancels.get(purchase));
      assertThat(booked)
          .isEqualTo(
              new CampaignBooks.Booked(money.captured(), money.refunded(), money.refunded()));
      kept(purchase, account).mustBeThatOf(basket, status, books.total(basket));
    } catch (AssertionError wrong) {
      findings.add(
          "%s is %s: %s, %s: %s"
              .formatted(
                  purchase,
                  status,
                  account,
                  books.operations(basket),
                  wrong.getMessage().strip().replaceAll("\\s+", " ")));
    }
  }

  private static void mustEndAsPromised(
      Purchase purchase, OrderStatus status, CancelReply cancelled) {
    if (cancelled == null || cancelled.verdict() == CancelReply.Verdict.REFUSED) {
      assertThat(status).isIn(purchase.endings());
    } else {
      assertThat(cancelled.verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
      assertThat(status).isIn(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    }
    if (cancelled != null) {
      // Only what has ended unpaid can't be cancelled any more.
      assertThat(status).isNotEqualTo(OrderStatus.COMPLETED);
    }
  }

  private Account kept(Purchase purchase, Account account) {
    return purchase.isPerhapsPaidTwice() && account.money().payments() == 2
        ? account.withoutReturned(books.total(purchase.basket()))
        : account;
  }
}
