package dev.orderflow.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.workflows.payload.AesGcmCodec;
import dev.orderflow.workflows.payload.Payloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client needs to know of a worker's configuration: its task queue and its codec keys. */
final class WorkerFile {

  private final Path file;

  WorkerFile(Path file) {
    this.file = file;
  }

  ConnectionSettings applyTo(ConnectionSettings settings) {
    JsonNode root = read();
    JsonNode taskQueue = root.at("/temporal/task-queue");
    ConnectionSettings queued =
        taskQueue.isTextual() ? settings.withTaskQueue(taskQueue.textValue()) : settings;
    JsonNode codec = root.path("codec");
    return codec.path("keys").isEmpty()
        ? queued
        : queued.withConverter(Payloads.encrypted(codec(codec)));
  }

  private JsonNode read() {
    try {
      return new TomlMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, file + ": can't be read as TOML", e);
    }
  }

  private AesGcmCodec codec(JsonNode codec) {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    codec
        .get("keys")
        .properties()
        .forEach(key -> keys.put(key.getKey(), key(key.getKey(), key.getValue())));
    String active = codec.path("active-key").asText(keys.keySet().iterator().next());
    return new AesGcmCodec(keys, active);
  }

  private byte[] key(String id, JsonNode source) {
    String name = file + ": codec.keys." + id;
    if (source.path("file").isTextual()) {
      Path folder = file.toAbsolutePath().getParent();
      return KeyFile.read(name, folder.resolve(source.get("file").textValue()));
    }
    String variable = source.path("env").asText();
    String text = System.getenv(variable);
    if (text == null) {
      throw new CliException(
          ExitCode.USAGE, name + ": the environment variable '" + variable + "' is not set");
    }
    return KeyFile.decode(name, text);
  }
}
