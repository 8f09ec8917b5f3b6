/** The entry points for browsers reach neither Node's own modules nor an executor. Walks the imports of the source. */
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, resolve } from "node:path";
import { expect, it } from "vitest";

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

/** Everything besides our own files: what a definition may need in a browser. */
const ALLOWED = new Set(["@holdfast/dsl", "zod"]);

interface Reach {
  readonly files: Set<string>;
  readonly packages: Map<string, string>;
}

function reachOf(entry: string): Reach {
  return walk(entry, { files: new Set(), packages: new Map() });
}

function walk(file: string, reach: Reach): Reach {
  if (reach.files.has(file)) return reach;
  reach.files.add(file);
  for (const [, fromClause, dynamic] of readFileSync(file, "utf8").matchAll(IMPORT)) {
    const specifier = fromClause ?? dynamic ?? "";
    if (specifier.startsWith(".")) walk(resolve(dirname(file), specifier), reach);
    else reach.packages.set(specifier, file);
  }
  return reach;
}

it.each(["control.ts", "manifests.ts", "index.ts"])("%s is safe in a browser", (entry) => {
  const { files, packages } = reachOf(resolve(import.meta.dirname, entry));
  expect(files.size).toBeGreaterThan(5);
  expect([...files].filter((file) => /execute|outbound|offline|credential/.test(file))).toEqual([]);
  expect([...packages.keys()].filter((name) => !ALLOWED.has(name))).toEqual([]);
});

it("does see what the server's entry point reaches", () => {
  const { files, packages } = reachOf(resolve(import.meta.dirname, "executors.ts"));
  expect([...files].some((file) => file.endsWith("http-request/execute.ts"))).toBe(true);
  expect([...packages.keys()].filter((name) => isBuiltin(name)).length).toBeGreaterThan(2);
  expect([...files].every((file) => existsSync(file))).toBe(true);
});
