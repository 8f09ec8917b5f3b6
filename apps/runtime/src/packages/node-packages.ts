/** The packages of a workspace in a process: loaded at its start, and anew when somebody works on them. */
import { NodeTypeConflict, NodeTypes } from "../host/node-registry.ts";
import type { Logger } from "../log/logger.ts";
import { findPackage, type FoundPackage } from "./find-package.ts";
import { loadPackage } from "./load-package.ts";
import { PackageError } from "./package-error.ts";
import { isWorkshop, readAnewWithEntry, watchPackage } from "./watch-package.ts";
import { readWorkspace } from "./workspace.ts";

export interface NodePackages {
  readonly registry: NodeTypes;
  close(): void;
}

/** Who is told what became of an edit. */
interface Told {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface NodePackagesOptions {
  /** The workspace's folder. */
  readonly dir: string;
  /** Read anew what changes on disk, and tell it here. */
  readonly watch?: Told;
}

/** Those of a process. Who runs everything on one computer works there, too: what is edited is read anew. */
export async function openNodePackages(process: {
  /** The workspace's folder. Absent: there are none. */
  readonly workspace?: string;
  readonly role: "all" | "server" | "worker";
  readonly logger: Logger;
}): Promise<NodePackages> {
  const { workspace, role, logger } = process;
  if (workspace === undefined) return { registry: new NodeTypes(), close: () => undefined };
  return loadNodePackages({ dir: workspace, ...(role === "all" && { watch: logger }) });
}

/**
 * Loads what the workspace names. A process does not start with half of it.
 * @throws PackageError that says all that is wrong
 */
export async function loadNodePackages({ dir, watch }: NodePackagesOptions): Promise<NodePackages> {
  const registry = new NodeTypes();
  const workspace = await readWorkspace(dir);
  const found: FoundPackage[] = [];
  const wrong: string[] = [];
  for (const specifier of workspace.nodes) {
    try {
      const one = await findPackage(workspace, specifier);
      registry.put(one.specifier, await loadPackage(one));
      found.push(one);
    } catch (error) {
      wrong.push(...linesOf(error));
    }
  }
  if (wrong.length > 0) throw new PackageError(wrong);
  const workshops = watch === undefined ? [] : found.filter((one) => isWorkshop(one.dir));
  if (workshops.length > 0) readAnewWithEntry();
  const stops = workshops.map((one) => keepUp(one, registry, watch));
  return { registry, close: () => stops.forEach((stop) => stop()) };
}

/** A package that is broken by an edit keeps what it had until the next one. */
function keepUp(found: FoundPackage, registry: NodeTypes, log: NodePackagesOptions["watch"]): () => void {
  let generation = 0;
  const again = async (): Promise<void> => {
    generation += 1;
    const own = generation;
    try {
      const nodes = await loadPackage(found, own);
      if (own !== generation) return;
      registry.put(found.specifier, nodes);
      log?.info({ package: found.name }, "the node types of a package were loaded anew");
    } catch (error) {
      for (const line of linesOf(error)) log?.warn({ package: found.name }, `not loaded anew: ${line}`);
    }
  };
  return watchPackage(found.dir, () => void again());
}

/** @throws what is nobody's package */
function linesOf(error: unknown): readonly string[] {
  if (error instanceof PackageError) return error.lines;
  if (error instanceof NodeTypeConflict) return [error.message];
  throw error;
}
