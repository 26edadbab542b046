/** How much one installation carries: a file of many orders, and workers that share them. */
package dev.orderflow.drill.scale;
