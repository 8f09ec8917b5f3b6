/**
 * A workspace is a folder with a `holdfast.config.json`, which names the packages that its node types come from:
 *
 * ```json
 * { "nodes": ["./nodes/greet", "@acme/holdfast-payments"] }
 * ```
 *
 * A path is relative to the folder; a name is looked for in `node_modules`, as npm installs it.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { PackageError } from "./package-error.ts";

export const WORKSPACE_FILE = "holdfast.config.json";

const workspaceFile = z.strictObject({
  $schema: z.string().optional(),
  nodes: z
    .array(z.string().min(1))
    .refine((names) => new Set(names).size === names.length, { error: "names a package twice" })
    .default([]),
});

export interface Workspace {
  readonly dir: string;
  /** Of packages with node types: paths beginning with a dot, or names. */
  readonly nodes: readonly string[];
}

/** What the folder says. Without the file: no packages. @throws PackageError */
export async function readWorkspace(dir: string): Promise<Workspace> {
  const file = path.join(dir, WORKSPACE_FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return { dir, nodes: [] };
    throw new PackageError([`${file} can't be read: ${reason(error)}`], { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PackageError([`${file} is not JSON: ${reason(error)}`], { cause: error });
  }
  const parsed = workspaceFile.safeParse(json);
  if (!parsed.success) {
    throw new PackageError(
      parsed.error.issues.map(({ path: place, message }) => `${file} at /${place.join("/")}: ${message}`),
    );
  }
  return { dir, nodes: parsed.data.nodes };
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
