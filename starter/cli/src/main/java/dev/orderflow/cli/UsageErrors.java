package dev.orderflow.cli;

import picocli.CommandLine;

/** A wrong command line: one line that says what, one that says where to read on. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + e.getMessage());
    command.getErr().println("'" + name + " --help' shows what is possible.");
    return ExitCode.USAGE.code();
  }
}
