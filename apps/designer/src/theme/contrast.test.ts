/** WCAG 2.2 AA of every pair of colors that stand on each other, computed from `tokens.css` in both themes. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, type Oklch, readTokens } from "./contrast.ts";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const tokens = readTokens(css);

const GROUNDS = ["canvas", "surface", "surface-sunken", "surface-hover", "surface-raised"];
const STATES = ["running", "waiting", "completed", "failed", "incident", "skipped", "draft"];

interface Pair {
  readonly over: string;
  readonly ground: string;
  readonly least: number;
}

const on = (overs: readonly string[], grounds: readonly string[], least: number): readonly Pair[] =>
  overs.flatMap((over) => grounds.map((ground) => ({ over, ground, least })));

const WORDS = 4.5;
const MARKS = 3;

const pairs: readonly Pair[] = [
  // Words.
  ...on(["text", "text-2", "text-3", "accent-text"], [...GROUNDS, "accent-soft"], WORDS),
  ...on(["on-accent"], ["accent", "accent-hover"], WORDS),
  ...STATES.flatMap((state) =>
    on([`${state}-text`], ["canvas", "surface", "surface-sunken", "surface-raised", `${state}-soft`], WORDS),
  ),
  // The equal buttons of a decision and the trigger's tile are ink.
  ...on(["surface"], ["text"], WORDS),
  // Marks, rails, ports, edges, borders of inputs, focus.
  ...STATES.flatMap((state) =>
    on([state], ["canvas", "surface", "surface-sunken", "surface-raised", `${state}-soft`], MARKS),
  ),
  ...on(["border-control", "focus", "accent"], ["canvas", "surface", "surface-sunken", "surface-raised"], MARKS),
  ...on(["edge", "edge-taken"], ["canvas", "surface", "surface-sunken"], MARKS),
];

const themes = ["light", "dark"] as const;

function color(token: string, theme: (typeof themes)[number]): Oklch {
  const found = tokens.get(token);
  if (found === undefined) throw new Error(`tokens.css has no color --hf-${token}`);
  return found[theme];
}

describe("contrast", () => {
  it("reads every color", () => {
    expect(tokens.size).toBeGreaterThan(40);
  });

  it("knows black on white", () => {
    const black = { lightness: 0, chroma: 0, hue: 0, alpha: 1 };
    expect(contrast(black, { ...black, lightness: 1 })).toBeCloseTo(21, 1);
  });

  it.each(pairs.flatMap((pair) => themes.map((theme) => ({ ...pair, theme }))))(
    "$over on $ground, $theme: at least $least",
    ({ over, ground, least, theme }) => {
      expect(contrast(color(over, theme), color(ground, theme))).toBeGreaterThanOrEqual(least);
    },
  );

  it("leaves no color out: each state has a mark, words and a ground", () => {
    for (const state of STATES) {
      for (const part of [state, `${state}-text`, `${state}-soft`]) expect(tokens.has(part), part).toBe(true);
    }
    const known = new Set([
      ...pairs.flatMap(({ over, ground }) => [over, ground]),
      // They separate and decorate; nothing is read from them alone.
      "scrim",
      "border",
      "border-strong",
      "edge-skipped",
      "graticule",
    ]);
    const forgotten = Array.from(tokens, ([token]) => token).filter((token) => !known.has(token));
    expect(forgotten).toEqual([]);
  });
});
