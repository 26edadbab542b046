package dev.orderflow.dev.demo;

/**
 * The most that an order may cost.
 *
 * @param commits writing transactions in our database
 */
record Budget(int workflowTasks, int events, int commits) {}
