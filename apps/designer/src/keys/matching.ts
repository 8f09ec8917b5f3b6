import type { Command } from "./command.ts";

/** How well the words fit: 0 not at all, more is better. */
function score(text: string, wanted: readonly string[]): number {
  let sum = 0;
  for (const word of wanted) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const atStart = at === 0 || text[at - 1] === " ";
    sum += atStart ? 2 : 1;
  }
  return sum;
}

/** The commands that hold every word of the text, the best first; all of them, in their order, for no text. */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (wanted.length === 0) return commands;
  return commands
    .map((command) => {
      const label = command.label.toLocaleLowerCase();
      const all = `${label} ${command.also?.toLocaleLowerCase() ?? ""} ${command.group.toLocaleLowerCase()}`;
      return { command, score: score(label, wanted) * 2 + score(all, wanted) };
    })
    .filter((each) => each.score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ command }) => command);
}
