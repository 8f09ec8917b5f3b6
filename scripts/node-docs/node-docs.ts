/** The pages of the built-in node types under `docs/nodes`: what they should say, and whether they do. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pageText } from "@holdfast/dsl";
import { builtinManifests } from "@holdfast/nodes/manifests";
import { format } from "prettier";
import type { Finding } from "../verify/finding.ts";
import { fileOf, indexOf } from "./page.ts";

const FOLDER = "docs/nodes";
/** Written by hand, but for the list between these lines. */
const GUIDE = "README.md";
const BEGIN = "<!-- node types: made by `npm run docs:nodes` -->";
const END = "<!-- end of node types -->";

/** By path relative to the repository. */
export async function nodeDocs(root: string): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  for (const manifest of builtinManifests) {
    pages.set(`${FOLDER}/${fileOf(manifest)}`, await pretty(pageText(manifest, "npm run docs:nodes")));
  }
  const guide = readFileSync(path.join(root, FOLDER, GUIDE), "utf8");
  const [before, rest = ""] = guide.split(BEGIN);
  const after = rest.slice(rest.indexOf(END));
  pages.set(`${FOLDER}/${GUIDE}`, await pretty(`${before}${BEGIN}\n\n${indexOf(builtinManifests)}\n\n${after}`));
  return pages;
}

const pretty = (text: string): Promise<string> => format(text, { parser: "markdown", printWidth: 120 });

/** Pages that are missing, say something else, or are of no node type. */
export async function checkNodeDocs(
  root: string,
): Promise<{ readonly seen: number; readonly findings: readonly Finding[] }> {
  const pages = await nodeDocs(root);
  const stale = [...pages].flatMap(([file, text]): Finding[] => {
    const full = path.join(root, file);
    if (!existsSync(full)) return [{ file, message: "is missing; npm run docs:nodes makes it" }];
    return readFileSync(full, "utf8") === text ? [] : [{ file, message: "is stale; npm run docs:nodes makes it anew" }];
  });
  const left = readdirSync(path.join(root, FOLDER))
    .map((name) => `${FOLDER}/${name}`)
    .filter((file) => file.endsWith(".md") && !pages.has(file))
    .map((file) => ({ file, message: "is the page of no node type" }));
  return { seen: pages.size, findings: [...stale, ...left] };
}
