/**
 * Actions of other types, called in the middle of a step: with a credential of their own, which is granted to the same
 * flow, and in the versions that the run keeps to.
 */
import { effectOf, type NodeManifest } from "@holdfast/dsl";
import {
  failureOf,
  NodeFailure,
  type ActionNode,
  type HostedContext,
  type Models,
  type OtherNodes,
  type Parts,
} from "@holdfast/nodes";
import { CredentialDoor } from "../credentials/credential-door.ts";
import type { HostContext } from "./context.ts";
import type { RunIdentity } from "./run-identity.ts";

export interface OtherNodesMeans {
  readonly context: Pick<HostContext, "credential" | "fetch" | "flowById" | "nodeType">;
  readonly identity: RunIdentity;
  /** Of the step that calls. */
  readonly given: Omit<HostedContext, "others">;
}

export function otherNodes({ context, identity, given }: OtherNodesMeans): OtherNodes {
  const { flow, workspace } = identity;
  const find = (type: string): { readonly manifest: NodeManifest; readonly action: ActionNode } | undefined => {
    const manifest = Object.hasOwn(flow.manifests, type) ? flow.manifests[type] : undefined;
    const action = manifest && context.nodeType(type, manifest.version);
    return manifest && action && { manifest, action };
  };
  return {
    look(type, params) {
      const found = find(type);
      return found && { effect: effectOf(found.manifest, params), isDurable: found.manifest.durable === true };
    },
    async call({ type, params, credential, key, signal, parts }) {
      const found = find(type);
      if (found === undefined) throw new Error(`the node type ${type} was called without a look`);
      const { manifest, action } = found;
      const use = { workspace, flow: flow.id };
      const door = new CredentialDoor(context.fetch, () => context.credential(credential, manifest, use));
      const { progress } = given;
      const outcome = await action.execute({
        ...given,
        params,
        key,
        signal,
        fetch: door.fetch,
        credential: door.credential,
        progress: (part, note) => progress?.(part, note === undefined ? undefined : door.redactText(note)),
        ...(parts && { passage: cleaned(parts, door), ai: booksWithin(given.ai, parts.prefix) }),
      });
      return door.settle(outcome);
    },
    async flow(id) {
      const found = await context.flowById(workspace, id);
      return found && { input: found.document.input ?? true };
    },
  };
}

/** Its calls of models stand in the books beside those of the step, each under the name of its own sub-step. */
function booksWithin(models: Models, prefix: string): Models {
  const within = (call: string): string => `${prefix}/${call}`;
  return {
    ...models,
    reserve: (request) => models.reserve({ ...request, call: within(request.call) }),
    topUp: (request) => models.topUp({ ...request, call: within(request.call) }),
    live: (call) => models.live(within(call)),
  };
}

/** Whatever is kept of a sub-step is kept without the secret of the called node. */
function cleaned(parts: Parts, door: CredentialDoor): Parts {
  return {
    ...parts,
    step: (name, run, options) =>
      parts.step(
        name,
        async (context) => {
          try {
            return door.redact(await run(context));
          } catch (error) {
            const failure = failureOf(error);
            throw failure === undefined ? error : new NodeFailure(door.cleanError(failure), { cause: error });
          }
        },
        options,
      ),
  };
}
