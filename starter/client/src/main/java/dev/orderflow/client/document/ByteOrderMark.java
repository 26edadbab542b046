package dev.orderflow.client.document;

import java.util.Arrays;

/** What some editors write at the beginning of a file in UTF-8. It says nothing. */
final class ByteOrderMark {

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private ByteOrderMark() {}

  /** The text without it. */
  static byte[] removed(byte[] text) {
    return Arrays.mismatch(text, MARK) >= MARK.length
        ? Arrays.copyOfRange(text, MARK.length, text.length)
        : text;
  }
}
