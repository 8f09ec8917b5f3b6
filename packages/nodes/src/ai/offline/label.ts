/** The offline model's choice of a label: the one that shares most words with the text. */

export interface Label {
  readonly port: string;
  readonly description: string;
}

/** Endings differ, beginnings tell: “refunded” and “refund”, “посилка” and “посилку”. */
const STEM = 5;

/** Labels for what no other label is for. */
const REST = /^(other|others|else|rest|general|unclear|unknown|misc|anything|otherwise|none|інше)/i;

/** Words that stand in every text. */
const COMMON: ReadonlySet<string> = new Set(
  "about after again also been before from have into more need needs other over some someb somet than that their them then there these they this want wants what when where which will with would your every else another".split(
    " ",
  ),
);

/**
 * The same text and labels always give the same one. Where nothing speaks for any, it is the label for the rest, or the
 * last.
 */
export function offlineLabel(text: string, labels: readonly Label[]): string {
  const said = stemsOf(text);
  const scores = labels.map(({ port, description }) => {
    const name = stemsOf(port.replaceAll(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " "));
    const words = stemsOf(description);
    // What it is called says more than what is said of it.
    return 3 * shared(said, name) + shared(said, words);
  });
  const best = Math.max(...scores);
  const rest = labels.find(({ port }) => REST.test(port)) ?? labels.at(-1);
  return (best > 0 ? labels[scores.indexOf(best)] : rest)?.port ?? "";
}

function stemsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, STEM)).filter((stem) => !COMMON.has(stem)));
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...b].filter((stem) => a.has(stem)).length;
}
