/** What can be asked about the node types that a process has. */
import type { NodeTypes } from "../host/node-registry.ts";
import { migrateNodes } from "./migrate-nodes.ts";
import type { Services } from "./services.ts";
import { tryOut, type TryOutTools } from "./try-out.ts";

export function nodeServices(
  registry: NodeTypes,
  tools: Omit<TryOutTools, "registry">,
): Pick<Services, "migrateNodes" | "tryOut"> {
  return {
    migrateNodes: (nodes) => migrateNodes(registry, nodes),
    tryOut: (caller, tried, signal) => tryOut({ ...tools, registry }, caller, tried, signal),
  };
}
