/** Colors as `tokens.css` writes them, and how well one is read on another (WCAG 2.2). */

export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  /** Degrees. */
  readonly hue: number;
  readonly alpha: number;
}

export interface TokenColor {
  readonly light: Oklch;
  readonly dark: Oklch;
}

const OKLCH = /oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*(?:\/\s*([\d.]+)\s*)?\)/;
const TOKEN = new RegExp(
  String.raw`--hf-([\w-]+):\s*light-dark\(\s*(${OKLCH.source})\s*,\s*(${OKLCH.source})\s*\)\s*;`,
  "g",
);

function parseColor(text: string): Oklch {
  const [, lightness = "", chroma = "", hue = "", alpha = "1"] = OKLCH.exec(text) ?? [];
  return { lightness: Number(lightness), chroma: Number(chroma), hue: Number(hue), alpha: Number(alpha) };
}

/** The colors of the tokens by name, without `--hf-`. */
export function readTokens(css: string): ReadonlyMap<string, TokenColor> {
  // A token's two colors are the second and the seventh group: each holds four parts of its own.
  return new Map(
    [...css.matchAll(TOKEN)].map((match) => [
      match[1] ?? "",
      { light: parseColor(match[2] ?? ""), dark: parseColor(match[7] ?? "") },
    ]),
  );
}

/** Linear light of red, green and blue, within what a screen shows. */
function linear({ lightness, chroma, hue }: Oklch): readonly [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const within = (value: number): number => Math.max(0, Math.min(1, value));
  return [
    within(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    within(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    within(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function luminance(color: Oklch): number {
  const [red, green, blue] = linear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 to 21. */
export function contrast(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
