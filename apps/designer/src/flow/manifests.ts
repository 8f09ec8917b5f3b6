/** Which manifest speaks for a node, as validation sees it: the version that the document uses, else the newest. */
import { namedPorts, type FlowDocument, type NodeManifest, type NodeSpec } from "@holdfast/dsl";

export function manifestOf(
  flow: FlowDocument,
  manifests: readonly NodeManifest[],
  type: string,
): NodeManifest | undefined {
  const versions = manifests.filter((manifest) => manifest.type === type);
  const wanted = flow.uses?.[type];
  if (wanted !== undefined) return versions.find(({ version }) => version === wanted);
  return versions.reduce<NodeManifest | undefined>(
    (newest, one) => (newest === undefined || one.version > newest.version ? one : newest),
    undefined,
  );
}

/** The declared ports of a node in their order, each once; absent where its type is not known. */
export function declaredPorts(manifest: NodeManifest | undefined, node: NodeSpec): string[] | undefined {
  return manifest && [...new Set(namedPorts(manifest, node.params).map(({ name }) => name))];
}
