/** Every dependency stands in docs/adr with its reason, and no reason outlives its dependency. */
import type { Finding } from "./finding.ts";

/** The lists in this page, as table rows that begin with the package's name. */
export const REASONS_FILE = "docs/adr/README.md";

/**
 * @param manifests The names of dependencies, by the package.json that declares them.
 * @param page The text of {@link REASONS_FILE}.
 */
export function checkReasons(manifests: ReadonlyMap<string, readonly string[]>, page: string): Finding[] {
  const reasons = new Set([...page.matchAll(/^\| `(?<name>[^`]+)`/gm)].map((match) => match.groups?.["name"] ?? ""));
  const used = new Set([...manifests.values()].flat().map((name) => listedAs(name, reasons)));
  const unexplained = [...manifests].flatMap(([file, names]) =>
    names
      .filter((name) => !reasons.has(listedAs(name, reasons)))
      .map((name) => ({ file, message: `${name} has no reason in ${REASONS_FILE}` })),
  );
  const outlived = [...reasons]
    .filter((name) => !used.has(name))
    .map((name) => ({ file: REASONS_FILE, message: `${name} is no dependency any more` }));
  return [...unexplained, ...outlived];
}

/** The names of the dependencies in a package.json, without the packages of this repository. */
export function dependenciesOf(manifest: unknown): string[] {
  return ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"]
    .flatMap((field) => Object.keys(member(manifest, field)))
    .filter((name) => !name.startsWith("@holdfast/"));
}

function member(value: unknown, field: string): object {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
  return typeof found === "object" && found !== null ? found : {};
}

/** What belongs together may be listed once for all: `@types/*`. */
function listedAs(name: string, reasons: ReadonlySet<string>): string {
  const scope = `${name.split("/")[0] ?? name}/*`;
  return reasons.has(scope) ? scope : name;
}
