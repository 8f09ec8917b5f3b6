/**
 * Runs dependency-cruiser over the packages, and refuses to be content with less than all of them: with a parser that
 * does not fit, the tool sees nothing and calls that clean.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { cruise } from "dependency-cruiser";
import type { ICruiseResult } from "dependency-cruiser";
import config from "../../.dependency-cruiser.mjs";
import { checkBrowserDoors } from "./browser-doors.ts";
import type { Finding } from "./finding.ts";
import "./swc-visitor.ts";

const FOLDERS = ["packages", "apps", "examples", "bench"];

export interface BoundaryReport {
  /** How many modules of the repository were looked at. */
  readonly seen: number;
  readonly findings: readonly Finding[];
}

/**
 * @param root The repository.
 * @param files All files of the project, relative to the root.
 */
export async function checkBoundaries(root: string, files: readonly string[]): Promise<BoundaryReport> {
  const expected = files.filter((file) => FOLDERS.some((folder) => file.startsWith(`${folder}/`)) && isModule(file));
  const { modules, summary } = await look(root);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = expected
    .filter((file) => !seen.has(file))
    .map((file) => ({ file, message: "not seen by the boundary check" }));
  const broken = summary.violations.map((violation) => ({
    file: violation.from,
    message: `→ ${violation.to}  ${violation.rule.name}: ${commentOf(violation.rule.name)}`,
  }));
  const nothing = expected.length === 0 ? [{ file: ".", message: "the boundary check looked at no module" }] : [];
  return {
    seen: expected.length - unseen.length,
    findings: [...nothing, ...unseen, ...broken, ...checkBrowserDoors(modules)],
  };
}

function commentOf(rule: string): string {
  return config.forbidden?.find(({ name }) => name === rule)?.comment ?? "";
}

function isModule(file: string): boolean {
  return (
    /\.(?:ts|tsx|mjs)$/.test(file) && !file.endsWith(".d.ts") && !/(?:^|\/)(?:dist|coverage|fixtures)\//.test(file)
  );
}

async function look(root: string): Promise<ICruiseResult> {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(root, folder)));
  const options = { ...config.options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } };
  const { output } = await cruise(folders, options);
  if (typeof output === "string") throw new TypeError("dependency-cruiser gave text where its result was asked for");
  return output;
}
