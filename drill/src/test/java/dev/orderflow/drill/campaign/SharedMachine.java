package dev.orderflow.drill.campaign;

import dev.orderflow.drill.machine.Machine;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test class the one machine, started when the first of them wants it. */
public final class SharedMachine implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Machine.class;
  }

  @Override
  public Machine resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Machine.class))
        .getOrComputeIfAbsent(Machine.class, type -> start(), Machine.class);
  }

  private static Machine start() {
    try {
      return new Machine();
    } catch (Exception e) {
      throw new IllegalStateException("the machine does not start", e);
    }
  }
}
