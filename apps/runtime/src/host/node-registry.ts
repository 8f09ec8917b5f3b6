/** The node types that this process has. */
import type { ActionNode } from "@holdfast/nodes";
import { controlNodes } from "@holdfast/nodes/control";
import { actionNodes } from "@holdfast/nodes/executors";
import { builtinManifests } from "@holdfast/nodes/manifests";
import type { NodeRegistry } from "./compiled-flow.ts";

/** The built-in ones, and more. */
export function createRegistry(more: readonly ActionNode[]): NodeRegistry {
  const actions = new Map([...actionNodes, ...more.map((node) => [node.manifest.type, node] as const)]);
  const manifests = new Map(builtinManifests.map((manifest) => [manifest.type, manifest]));
  for (const node of more) manifests.set(node.manifest.type, node.manifest);
  return { manifests, controls: controlNodes, actions };
}
