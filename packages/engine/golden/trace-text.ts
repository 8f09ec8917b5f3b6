/** A golden trace as text: one line per entry, so that a change shows as the lines it changes. */
import { GOLDEN, simulate } from "./flows.ts";

export function traceText(name: string): string {
  const golden = GOLDEN[name];
  if (golden === undefined) throw new Error(`There is no golden flow “${name}”`);
  const { trace, status, output, error } = simulate(kebab(name), golden);
  const lines = [...trace, { status, output, ...(error !== undefined && { error }) }].map(
    (entry) => `  ${JSON.stringify(entry)}`,
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}

/** The file beside this one. */
export function traceFile(name: string): URL {
  return new URL(`${kebab(name)}.trace.json`, import.meta.url);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
