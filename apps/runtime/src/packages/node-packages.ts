/** The packages of a workspace in a process: loaded at its start, and anew when somebody works on them. */
import { refundPayment } from "@holdfast/example-payment";
import { type ActionNode, wordsOf } from "@holdfast/nodes";
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

/** The pages offer the refund flow wherever Holdfast runs, so what it pays with comes along, as a package like any. */
const EXAMPLE = { name: "@holdfast/example-payment", nodes: [refundPayment] };

/** Those of a process. Who runs everything on one computer works there, too: what is edited is read anew. */
export async function openNodePackages(process: {
  /** The workspace's folder. Absent: nobody's packages beside those that come along. */
  readonly workspace?: string;
  readonly role: "all" | "server" | "worker";
  readonly logger: Logger;
}): Promise<NodePackages> {
  const { workspace, role, logger } = process;
  if (workspace === undefined) {
    const registry = new NodeTypes();
    putExample(registry, []);
    return { registry, close: () => undefined };
  }
  return loadNodePackages({ dir: workspace, ...(role === "all" && { watch: logger }) });
}

/**
 * Loads what the workspace names. A process does not start with half of it.
 * @throws PackageError that says all that is wrong
 */
export async function loadNodePackages({ dir, watch }: NodePackagesOptions): Promise<NodePackages> {
  const registry = new NodeTypes();
  const workspace = await readWorkspace(dir);
  const loaded: { readonly found: FoundPackage; readonly nodes: readonly ActionNode[] }[] = [];
  const wrong: string[] = [];
  const trying = async (work: () => void | Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      wrong.push(...linesOf(error));
    }
  };
  for (const specifier of workspace.nodes) {
    await trying(async () => {
      const found = await findPackage(workspace, specifier);
      loaded.push({ found, nodes: await loadPackage(found) });
    });
  }
  putExample(
    registry,
    loaded.flatMap(({ nodes }) => nodes),
  );
  for (const { found, nodes } of loaded) await trying(() => registry.put(found.specifier, nodes));
  if (wrong.length > 0) throw new PackageError(wrong);
  const workshops = watch === undefined ? [] : loaded.flatMap(({ found }) => (isWorkshop(found.dir) ? [found] : []));
  if (workshops.length > 0) readAnewWithEntry();
  const stops = workshops.map((one) => keepUp(one, registry, watch));
  return { registry, close: () => stops.forEach((stop) => stop()) };
}

/** What somebody's own package has of the same name stands. */
function putExample(registry: NodeTypes, theirs: readonly ActionNode[]): void {
  const taken = new Set(theirs.map(({ manifest }) => manifest.type));
  registry.put(
    EXAMPLE.name,
    EXAMPLE.nodes.filter(({ manifest }) => !taken.has(manifest.type)),
  );
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
      const lines = isOfPackage(error) ? linesOf(error) : [wordsOf(error)];
      for (const line of lines) log?.warn({ package: found.name }, `not loaded anew: ${line}`);
    }
  };
  return watchPackage(found.dir, () => void again());
}

const isOfPackage = (error: unknown): error is PackageError | NodeTypeConflict =>
  error instanceof PackageError || error instanceof NodeTypeConflict;

/** @throws what is nobody's package */
function linesOf(error: unknown): readonly string[] {
  if (!isOfPackage(error)) throw error;
  return error instanceof PackageError ? error.lines : [error.message];
}
