package dev.orderflow.dev.demo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether what completed orders bought is gone, the rest is there, and nothing is reserved. */
record StockBook(List<Account> accounts, Map<String, Evidence.Stock> stock) {

  void check(Findings findings) {
    Map<String, Integer> sold =
        accounts.stream()
            .filter(Account::isCompleted)
            .flatMap(account -> account.scenario().basket().items().stream())
            .collect(
                Collectors.groupingBy(
                    Basket.Item::article, Collectors.summingInt(Basket.Item::quantity)));
    Shop.STOCK.forEach(
        (article, initial) ->
            findings.expect(
                "stock of " + article,
                new Evidence.Stock(initial - sold.getOrDefault(article, 0), 0),
                stock.getOrDefault(article, new Evidence.Stock(0, 0))));
  }
}
