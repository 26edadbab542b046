package dev.orderflow.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What someone who mistyped a word may have meant. */
public final class Spelling {

  private static final int FARTHEST = 3;

  private Spelling() {}

  /** The known word that is nearest; empty where none is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(other -> distance(word, other) <= Math.min(FARTHEST, other.length() / 2))
        .min(Comparator.comparingInt((String other) -> distance(word, other)));
  }

  /** Levenshtein's distance, without regard to case. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > FARTHEST) {
      return FARTHEST + 1;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = same(a.charAt(i - 1), b.charAt(j - 1)) ? diagonal : diagonal + 1;
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static boolean same(char a, char b) {
    return Character.toLowerCase(a) == Character.toLowerCase(b);
  }
}
