/**
 * Reads order documents from JSON, one or a file of them: {@link
 * dev.orderflow.client.document.OrderReader}.
 */
package dev.orderflow.client.document;
