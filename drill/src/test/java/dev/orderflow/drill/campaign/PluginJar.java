package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A shop's jar with the channel that the document for newcomers writes. */
final class PluginJar {

  private static final Path DOCUMENT = Path.of("..", "docs", "new-channel.md");
  private static final String PACKAGE = "dev.orderflow.activities.payment.example";
  private static final Pattern CODE =
      Pattern.compile("```java\\n(package .*?class (\\w+).*?)```", Pattern.DOTALL);

  private PluginJar() {}

  static Path ofDocument(Path folder) throws IOException {
    Path work = Files.createTempDirectory(folder, "plugin");
    Path classes = Files.createDirectory(work.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    Matcher code = CODE.matcher(Files.readString(DOCUMENT));
    while (code.find()) {
      Path source = work.resolve(code.group(2) + ".java");
      arguments.add(Files.writeString(source, code.group(1)).toString());
    }
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words(arguments)))
        .isZero();
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.orderflow.activities.payment.PaymentChannelProvider"),
        PACKAGE + ".AcmeProvider\n");
    return packed(classes, work.resolve("acme-channel.jar"));
  }

  private static String[] words(List<String> arguments) {
    return arguments.toArray(String[]::new);
  }

  private static Path packed(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return jar;
  }
}
