/** From keys as people read them to what the listener matches. */
const MODIFIERS: Readonly<Record<string, string>> = { "⌘": "$mod", "⇧": "Shift", "⌥": "Alt", "⌃": "Control" };

const NAMED: Readonly<Record<string, string>> = {
  "↵": "Enter",
  "↑": "ArrowUp",
  "↓": "ArrowDown",
  "←": "ArrowLeft",
  "→": "ArrowRight",
  "⌫": "Backspace",
  "⌦": "Delete",
  "⌥": "Alt",
  Esc: "Escape",
  Tab: "Tab",
  Space: "Space",
  F2: "F2",
  F8: "F8",
  F10: "F10",
};

export interface Binding {
  /** As tinykeys writes it. */
  readonly press: string;
  /** Matches the place of the key, not its letter: only for keyboards whose letters are not Latin. */
  readonly byPlace: boolean;
}

/** One press: its modifiers and its key. */
function parts(press: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const modifiers: string[] = [];
  let key = press;
  while (key.length > 1) {
    const modifier = MODIFIERS[key.slice(0, 1)];
    if (modifier === undefined) break;
    modifiers.push(modifier);
    key = key.slice(1);
  }
  return { modifiers, key };
}

function one(press: string, byPlace: boolean): string {
  const { modifiers, key } = parts(press);
  const named = NAMED[key];
  if (named !== undefined) return [...modifiers, named].join("+");
  if (/^[A-Za-z]$/.test(key)) return [...modifiers, byPlace ? `Key${key.toUpperCase()}` : key.toLowerCase()].join("+");
  // A sign is where the keyboard has it, with or without Shift.
  const sign = key.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return [...modifiers, modifiers.includes("Shift") ? "" : "[Shift]", `(${sign})`]
    .filter((part) => part !== "")
    .join("+");
}

/** The ways to listen for these keys: by letter, and where there are letters also by place. */
export function bindings(keys: string): readonly Binding[] {
  const presses = keys.split(" ").filter((press) => press !== "");
  const hasLetter = presses.some((press) => /^[A-Za-z]$/.test(parts(press).key));
  const by = (byPlace: boolean): Binding => ({ press: presses.map((press) => one(press, byPlace)).join(" "), byPlace });
  return hasLetter ? [by(false), by(true)] : [by(false)];
}

/** Single signs and letters, which people may switch off: no ⌘, ⌥ or ⌃ and no named key. */
export function isSingleSign(keys: string): boolean {
  return keys.split(" ").some((press) => {
    const { modifiers, key } = parts(press);
    return NAMED[key] === undefined && modifiers.every((modifier) => modifier === "Shift");
  });
}

/** Whether the event's key is a letter that Latin keyboards lack. */
export function isForeignLetter(key: string): boolean {
  return key.length === 1 && /\p{L}/u.test(key) && !/[A-Za-z]/.test(key);
}
