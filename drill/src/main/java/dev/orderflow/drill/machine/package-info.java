/** What drills, benchmarks and tests are done to: a throw-away machine and its processes. */
package dev.orderflow.drill.machine;
