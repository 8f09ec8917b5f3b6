/** Actions of other types, for a node that calls some. */
import { effectOf, type JsonSchema } from "@holdfast/dsl";
import type { ActionNode, HostedContext, OtherNodes } from "@holdfast/nodes";
import { actionNodes, Credential, type CredentialValue } from "@holdfast/nodes/executors";

export interface OtherNodesInTest {
  /** Beside the built-in ones, and before them. */
  readonly nodes?: readonly ActionNode[] | undefined;
  /** By the name that a call gives. */
  readonly credentials?: { readonly [name: string]: CredentialValue } | undefined;
  /** What flows take, by their id. */
  readonly flows?: { readonly [id: string]: { readonly input?: JsonSchema } } | undefined;
}

/** @param given of the node that calls */
export function otherNodes(
  { nodes = [], credentials = {}, flows = {} }: OtherNodesInTest,
  given: HostedContext,
): OtherNodes {
  const find = (type: string): ActionNode | undefined =>
    nodes.find(({ manifest }) => manifest.type === type) ?? actionNodes.get(type);
  return {
    look(type, params) {
      const manifest = find(type)?.manifest;
      return manifest && { effect: effectOf(manifest, params), isDurable: manifest.durable === true };
    },
    async call({ type, params, credential, key, signal, parts }) {
      const node = find(type);
      if (node === undefined) throw new Error(`“${type}” is no node type here: say so in \`others.nodes\`.`);
      const value = credential === undefined ? undefined : credentials[credential];
      return node.execute({
        ...given,
        params,
        key,
        signal,
        passage: parts,
        credential: () => Promise.resolve(value && new Credential(value)),
      });
    },
    flow: (id) => {
      const flow = flows[id];
      return Promise.resolve(flow && { input: flow.input ?? true });
    },
  };
}
