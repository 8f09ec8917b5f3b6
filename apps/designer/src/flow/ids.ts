/** Ids for new nodes: words that people can read in an expression. */
import { NODE_ID, isNodeId } from "@holdfast/dsl";

/** Ukrainian letters in Latin ones, after the national rules. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "а a|б b|в v|г h|ґ g|д d|е e|є ie|ж zh|з z|и y|і i|ї i|й i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|" +
    "ч ch|ш sh|щ shch|ю iu|я ia|ы y|э e|ё io|ъ |ь |’ |' |ʼ "
  )
    .split("|")
    .map((pair) => [pair.slice(0, 1), pair.slice(2)]),
);

/** Letters that are written otherwise at the beginning of a word. */
const LATIN_FIRST: Readonly<Record<string, string>> = { є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" };

/** “Manager approval” → `managerApproval`; “Погодження” → `pohodzhennia`. Absent where no letter is left. */
export function idFromName(name: string): string | undefined {
  const words = latin(name)
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  const id = joined.replace(/^[0-9]+/, "").slice(0, 40);
  return id === "" ? undefined : lowerFirst(id);
}

function latin(name: string): string {
  return name
    .replaceAll(/(?<!\p{Letter})\p{Letter}/gu, (letter) => spelled(letter, LATIN_FIRST))
    .replaceAll(/\p{Letter}|['’ʼ]/gu, (letter) => spelled(letter, LATIN));
}

function spelled(letter: string, letters: Readonly<Record<string, string>>): string {
  const lower = letter.toLowerCase();
  const spelling = letters[lower] ?? (letters === LATIN ? LATIN[lower] : undefined);
  if (spelling === undefined) return letter;
  return lower === letter ? spelling : upperFirst(spelling);
}

/** `wish`, or with a number behind it that nobody has: `approval2`. Words that a node can't be called get one, too. */
export function freeId(wish: string, taken: (id: string) => boolean): string {
  const stem = (NODE_ID.test(wish) ? wish : "node").slice(0, 58);
  if (isNodeId(stem) && !taken(stem)) return stem;
  const base = stem.replace(/\d+$/, "") || stem;
  let number = 2;
  while (taken(`${base}${number}`) || !isNodeId(`${base}${number}`)) number += 1;
  return `${base}${number}`;
}

function lowerFirst(word: string): string {
  return /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.slice(0, 1).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
