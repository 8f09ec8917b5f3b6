/** From a package to its node types: everything that its entry exports and `defineNode` made. */
import { compileParams, compileSchema, type NodeManifest } from "@holdfast/dsl";
import { type ActionNode, wordsOf } from "@holdfast/nodes";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import type { FoundPackage } from "./find-package.ts";
import { PackageError } from "./package-error.ts";
import { reason } from "./workspace.ts";

/** `greet` of `acme.greet` alone would say too little beside the types of others. */
const TYPE = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/;

/**
 * @param generation from the second on, the code is read anew
 * @throws PackageError
 */
export async function loadPackage(found: FoundPackage, generation = 0): Promise<readonly ActionNode[]> {
  const { specifier, entry } = found;
  let exported: unknown;
  try {
    const { href } = pathToFileURL(entry);
    exported = await import(generation === 0 ? href : `${href}?${GENERATION}=${generation}`);
  } catch (error) {
    throw new PackageError([`“${specifier}” can't be loaded: ${wordsOf(error)}${placeOf(error, found.dir)}`], {
      cause: error,
    });
  }
  const nodes = [...nodesIn(exported)];
  if (nodes.length === 0) {
    throw new PackageError([`“${specifier}” exports no node type; export what \`defineNode\` gives from ${entry}`]);
  }
  const problems = [...nodes.flatMap(({ manifest }) => problemsOf(manifest)), ...twiceIn(nodes)].map(
    (what) => `“${specifier}”: ${what}`,
  );
  if (problems.length > 0) throw new PackageError(problems);
  return nodes;
}

/** The line of the package at which it broke, where the error tells that: in parentheses. */
function placeOf(error: unknown, dir: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const [, href = "", line = ""] of stack.matchAll(/(file:\/\/[^\s:?)]+)(?:\?[^\s:)]*)?:(\d+)/g)) {
    const file = path.relative(dir, fileURLToPath(href));
    if (!file.startsWith("..") && !path.isAbsolute(file)) return ` (${file}, line ${line})`;
  }
  return "";
}

/** Which of two a flow would get is anybody's guess. */
function twiceIn(nodes: readonly ActionNode[]): readonly string[] {
  const named = nodes.map(({ manifest: { type, version } }) => `version ${version} of ${type}`);
  return [...new Set(named.filter((name, at) => named.indexOf(name) !== at))].map(
    (name) => `${name} is exported twice; give one of them another type or version`,
  );
}

/** In the query of a module that is read anew. */
export const GENERATION = "holdfast";

/** Every export, and every element of an exported list, once. */
function nodesIn(exported: unknown): ReadonlySet<ActionNode> {
  if (typeof exported !== "object" || exported === null) return new Set();
  return new Set(Object.values(exported).flat().filter(isActionNode));
}

const manifestFrame = z.looseObject({ type: z.string(), version: z.int(), kind: z.literal("action") });

function isActionNode(value: unknown): value is ActionNode {
  if (typeof value !== "object" || value === null) return false;
  return (
    "execute" in value &&
    typeof value.execute === "function" &&
    "manifest" in value &&
    manifestFrame.safeParse(value.manifest).success
  );
}

/** What a flow with such a node would stumble over. */
function problemsOf(manifest: NodeManifest): string[] {
  const { type, version, params, examples } = manifest;
  const problems: string[] = [];
  if (!TYPE.test(type)) problems.push(`the type “${type}” must be dotted and lower case first, as acme.greet`);
  if (version < 1) problems.push(`${type}: the version must be a whole number from 1 on`);
  try {
    compileSchema(params);
    for (const example of examples) compileParams(manifest, example.params);
  } catch (error) {
    problems.push(`${type}: ${reason(error)}`);
  }
  return problems;
}
