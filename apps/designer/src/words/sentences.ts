/** English sentences in other words, in which `*` stands for whatever is named and is put where the other has it. */

interface Pattern {
  readonly test: RegExp;
  readonly text: string;
}

/**
 * @param known by the English sentence
 * @returns the other words of a sentence; undefined where there are none
 */
export function sentencesIn(known: Readonly<Record<string, string>>): (english: string) => string | undefined {
  // Whole sentences first, then those with a hole, the longest first.
  const patterns: readonly Pattern[] = Object.entries(known)
    .filter(([english]) => english.includes("*"))
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([english, text]) => ({ test: new RegExp(`^${english.split("*").map(escaped).join("(.+)")}$`, "s"), text }));
  return (english) => {
    if (Object.hasOwn(known, english)) return known[english];
    for (const { test, text } of patterns) {
      const found = test.exec(english);
      if (found === null) continue;
      const named = found.slice(1);
      return text.replaceAll("*", () => named.shift() ?? "…");
    }
    return undefined;
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
