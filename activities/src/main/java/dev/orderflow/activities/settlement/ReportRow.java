package dev.orderflow.activities.settlement;

/**
 * A row of a report.
 *
 * @param kind in capital letters
 * @param amount in minor units
 * @param merchant the provider's copy of the order id
 */
record ReportRow(String reference, String kind, String currency, long amount, String merchant) {}
