/**
 * Follows the imports from modules that a browser loads, and tells when they lead to something that only a server has.
 * Types are not followed: they are gone when the code runs.
 */
import { builtinModules } from "node:module";
import type { IModule } from "dependency-cruiser";
import type { Finding } from "./finding.ts";

/** Exports that a browser loads. */
const DOORS = [
  "packages/dsl/src/index.ts",
  "packages/engine/src/index.ts",
  "packages/engine/src/simulate/index.ts",
  "packages/nodes/src/control.ts",
  "packages/nodes/src/manifests.ts",
];

const SERVER_ONLY =
  /^packages\/nodes\/src\/(?:executors\.ts|.+\/execute\.ts)$|node_modules\/(?:undici|nodemailer|ai|@ai-sdk)\//;

export function checkBrowserDoors(modules: readonly IModule[]): Finding[] {
  const imports = new Map(modules.map((module) => [module.source, importsOf(module)]));
  return DOORS.filter((door) => imports.has(door)).flatMap((door) =>
    waysToServer(door, imports).map((way) => ({
      file: door,
      message: `→ ${way.slice(1).join(" → ")}  browser-safe-doors: a browser loads this and has no such thing`,
    })),
  );
}

function importsOf(module: IModule): string[] {
  return module.dependencies
    .filter((dependency) => !dependency.dependencyTypes.includes("type-only"))
    .map((dependency) => dependency.resolved);
}

/** The shortest way to everything that only a server has. */
function waysToServer(door: string, imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const ways: string[][] = [];
  const seen = new Set([door]);
  const open = [[door]];
  for (let way = open.shift(); way !== undefined; way = open.shift()) {
    for (const next of imports.get(way.at(-1) ?? door) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      const longer = [...way, next];
      if (isServerOnly(next)) ways.push(longer);
      else open.push(longer);
    }
  }
  return ways;
}

function isServerOnly(module: string): boolean {
  return SERVER_ONLY.test(module) || builtinModules.includes(module.replace(/^node:/, ""));
}
